import { usualPlans } from "../../model/backups";
import { cronOf } from "../../model/cron";
import { tokenDirectory } from "../../model/federated";
import type { BucketGrant, SecretGrant } from "../../model/grants";
import { image, type Image } from "../../model/image";
import type { Lab } from "../../model/lab";
import { mirrorComponent, mirrorSource } from "../../model/mirrored";
import type { MirrorGranted, MirrorProvider, Scope } from "../../model/provides";
import { secondsOf, type Bytes, type Cpu } from "../../model/quantity";
import { recipe } from "../../model/recipe";
import { Account } from "../../workload/account";
import { ConfigFiles } from "../../workload/config-files";
import { Job } from "../../workload/job";
import type { PodProps } from "../../workload/pod";
import { configFiles, scratch, volume } from "../../workload/volume";
import { credentialsFile, mirrorPlaces, placeVariables, remoteVariables, type MirrorPlace } from "./mirror-places";
import { mirrorRunbook } from "./mirror-runbook";
import { drillScript, mirrorScript, restoreScript } from "./mirror-scripts";
import { mirrorRules } from "./mirror-watches";

interface Choices {
  readonly image?: Image;
  /** The number of the project that `backups.offsite` names, where that is Google Cloud: `gcloud projects describe`. */
  readonly projectNumber?: string;
  readonly cpu?: Cpu;
  /** rclone keeps about a kilobyte in memory for each object of a bucket that it compares. */
  readonly memory?: Bytes;
}

const components = { mirror: mirrorComponent, drill: "bucket-drill", restore: "bucket-restore" } as const;

const planOf = ({ backups }: Lab) => (backups?.plans ?? usualPlans)["object-mirror"];

/** Copies precious buckets with rclone to where the lab's plan says: https://rclone.org/docs/ */
export const bucketMirror = recipe(({ image: program = image("docker.io/rclone/rclone", "1.75.1"), projectNumber, cpu = "50m", memory = "256Mi" }: Choices = {}): MirrorProvider => {
  return {
    image: program,

    needs: ({ name, namespace, site }) => {
      const places = mirrorPlaces(site, projectNumber);
      const froms = Object.values(components);
      return {
        talksTo: Object.assign({}, ...froms.flatMap((from) => places.map(({ peers }) => peers(from)))),
        secrets: Object.assign({}, ...places.map(({ secrets }) => secrets)),
        watches: { rules: [mirrorRules({ name, namespace, every: planOf(site.lab).every, runbook: `docs/runbooks/${site.cluster.name}-buckets.md` })] },
      };
    },

    copy({ chart, release }, granted) {
      const { lab } = release.site;
      const places = mirrorPlaces(release.site, projectNumber);
      const pod = { ...podOf({ chart, release }, granted, places), image: program, resources: { cpu, memory } };
      const plan = planOf(lab);
      const shell = (script: string) => ["/bin/sh", "-c", script];
      new Job(chart, components.mirror, { ...pod, command: shell(mirrorScript), schedule: cronOf(plan.every) ?? "0 0 * * *", retries: 2, endsWithinSeconds: secondsOf(plan.every) });
      new Job(chart, components.drill, {
        ...pod,
        command: shell(drillScript),
        env: { ...pod.env, DUE_AFTER: `${Math.round(secondsOf(plan.every) * 1.5)}s` },
        schedule: "30 5 * * *",
        retries: 1,
        endsWithinSeconds: 4 * 3600,
      });
      new Job(chart, components.restore, { ...pod, command: shell(restoreScript), byHand: true, retries: 2, endsWithinSeconds: 7 * 24 * 3600 });
    },

    check: ({ backups }) => {
      if (!backups) return [{ rule: "mirror-places", found: "provides.mirror, and the lab has no plan of where copies go", expected: "`backups` in the lab", fix: "Give the lab `backups`, or take `mirror` out" }];
      return [
        ...(backups.offsite.kind === "gcs" && projectNumber === undefined
          ? [{ rule: "mirror-places", found: "provides.mirror knows no number of the project that copies go to", expected: "digits, such as 123456789012", fix: `Write bucketMirror({ projectNumber }): gcloud projects describe ${backups.offsite.project}` }]
          : []),
        ...(cronOf(backups.plans["object-mirror"].every) === undefined
          ? [{ rule: "mirror-places", found: `plans.object-mirror.every = ${backups.plans["object-mirror"].every}`, expected: "a span that cron can say: a part of an hour, of a day, a day or a week", fix: "Choose such a span, as 6h" }]
          : []),
      ];
    },

    runbook(cluster, releases) {
      const [first] = releases;
      if (!first) return undefined;
      const { every, restoreWithin } = planOf(first.site.lab);
      return mirrorRunbook(cluster, releases, mirrorPlaces(first.site, projectNumber), every, restoreWithin);
    },
  };
});

/** What the three have in common: who they are, where from and where to. */
function podOf({ chart, release }: Scope, { buckets, secrets }: MirrorGranted, places: readonly MirrorPlace[]): Omit<PodProps, "image" | "resources"> {
  const federation = places.find((place) => place.federation)?.federation;
  const certificates = Object.fromEntries(places.flatMap(({ remote, certificate }) => (certificate ? [[`${remote}.crt`, certificate]] : [])));
  return {
    account: new Account(chart, mirrorComponent),
    callsApi: false,
    env: {
      ...Object.assign({}, ...Object.entries(buckets).map(([store, grant]) => remoteVariables(mirrorSource(store), sourceSettings(grant)))),
      ...Object.assign({}, ...places.map((place) => placeVariables(place, secrets))),
      BUCKETS: Object.entries(buckets).map(([store, { bucketName }]) => `${mirrorSource(store)}:${bucketName}`).join(" "),
      PLACES: places.map(({ remote, bucket }) => `${remote}:${bucket}`).join(" "),
      CERTIFICATES: "/certificates",
      SCRATCH: "/scratch",
      // No file of settings: https://rclone.org/docs/#config-string
      RCLONE_CONFIG: "/notfound",
      HOME: "/tmp",
      ...(federation ? { GOOGLE_APPLICATION_CREDENTIALS: credentialsFile } : {}),
    },
    mounts: {
      "/scratch": scratch("scratch", "512Mi"),
      "/tmp": scratch("tmp", "64Mi"),
      ...(Object.keys(certificates).length ? { "/certificates": configFiles(new ConfigFiles(chart, "certificates", certificates, { name: `${release.name}-mirror-certificates` })) } : {}),
      ...(federation
        ? {
            "/etc/google": configFiles(new ConfigFiles(chart, "google", { "credentials.json": federation.json }, { name: `${release.name}-mirror-google` })),
            [tokenDirectory]: volume("google-token", { projected: { sources: [{ serviceAccountToken: { audience: federation.audience, expirationSeconds: 3600, path: "token" } }] } }),
          }
        : {}),
    },
  };
}

const sourceSettings = ({ endpoint, insecure, region, accessKey, secretKey }: BucketGrant): Readonly<Record<string, string | SecretGrant>> => ({
  TYPE: "s3",
  PROVIDER: "Other",
  ENDPOINT: `${insecure ? "http" : "https"}://${endpoint}`,
  REGION: region,
  NO_CHECK_BUCKET: "true",
  ACCESS_KEY_ID: accessKey,
  SECRET_ACCESS_KEY: secretKey,
});
