import { z } from "zod";
import { image, imageSetting } from "../../engine/model/image";
import { bytes } from "../../engine/model/quantity";
import { notificationsSetting } from "./notifications";
import { knownHosts, repositorySetting } from "./repository";
import { signInSetting } from "./sign-in";

export const settings = z.object({
  image: imageSetting.default(image("quay.io/argoproj/argocd", "v3.5.7")),
  // The two that Argo CD 3.5.7 is released with: manifests/base/{redis,dex} of its repository.
  redisImage: imageSetting.default(image("public.ecr.aws/docker/library/redis", "8.2.3-alpine")),
  dexImage: imageSetting.default(image("ghcr.io/dexidp/dex", "v2.45.1")),
  /**
   * Two of everything that may be there twice: server, repo-server, ApplicationSet controller, and two shards of the
   * application controller at the least. Redis and Dex stay single: they keep nothing that is not made again within seconds.
   */
  ha: z.boolean().default(false),
  /** Who people are; `lab.oidc` takes its place where the lab has one. */
  signIn: signInSetting.default({ with: "passwords" }),
  /** The account `admin`, whose password Argo CD makes itself: for the day when nobody can sign in. */
  localAdmin: z.boolean().default(false),
  /** How the lab's repository is read. */
  repository: repositorySetting.default({ with: "nothing" }),
  /** Keys of SSH servers that repositories are read from, one line each, as in ~/.ssh/known_hosts. */
  knownHosts: z.array(z.string()).readonly().default(knownHosts),
  /** PEM certificates to trust besides the public authorities, by the host of the repository. */
  trustedCertificates: z.record(z.string(), z.string()).default({}),
  /** Who is told when a sync keeps failing or an application breaks. */
  notifications: notificationsSetting.default({ to: "nobody" }),
  /** How many application controllers divide the clusters among them, each with its own memory; without it, one, or two with `ha`. */
  shards: z.int().min(1).optional(),
  /** How many Applications each of them compares, and syncs, at a time: 50 and 25 for a thousand. */
  processors: z.strictObject({ status: z.int().min(1), operation: z.int().min(1) }).default({ status: 20, operation: 10 }),
  /** The application controller holds every watched object of every cluster in memory. */
  controllerMemory: bytes.default("2Gi"),
  repoServerMemory: bytes.default("1Gi"),
});

export type Settings = z.output<typeof settings>;
