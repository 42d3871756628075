import type { BucketGrant, PodsGrant } from "../../engine/model/grants";
import type { Architecture, Image } from "../../engine/model/image";
import type { BuildKind } from "./builds";
import { jobContainers, type JobResources } from "./job-resources";
import { toml, type TomlTable } from "./toml";

export interface RunnerConfig {
  /** As it stands in every job's log. */
  readonly description: string;
  readonly url: string;
  /** A file of authorities that it believes besides the public ones; jobs are given it too. */
  readonly authorities: string | undefined;
  readonly concurrent: number;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** For jobs that name no image. */
  readonly image: string;
  readonly helper: string;
  readonly arch: Architecture;
  readonly jobs: JobResources;
  readonly kind: BuildKind;
  readonly pods: PodsGrant;
  readonly cache: BucketGrant | undefined;
  readonly cachePath: string;
}

/**
 * config.toml without a secret in it: the runner takes its token from its environment, and so does the S3 client its keys.
 * https://docs.gitlab.com/runner/configuration/advanced-configuration/ at 19.3
 */
export const configToml = (it: RunnerConfig): string =>
  toml({
    concurrent: it.concurrent,
    log_format: "json",
    listen_address: ":9252",
    runners: [
      {
        name: it.description,
        url: it.url,
        "tls-ca-file": it.authorities,
        token: "${RUNNER_TOKEN}",
        executor: "kubernetes",
        // As many requests for work at once as there may be jobs: one long poll must not hold up the others.
        request_concurrency: it.concurrent,
        environment: it.kind.environment,
        cache: it.cache && cache(it.cache, it.cachePath),
        kubernetes: pods(it),
      },
    ],
  });

/** `iam` is what the runner calls the S3 client's usual sources, of which AWS_ACCESS_KEY_ID is the first (cache/s3v2/s3.go at 19.3). */
const cache = (bucket: BucketGrant, path: string): TomlTable => ({
  Type: "s3",
  Path: path,
  Shared: true,
  s3: {
    ServerAddress: bucket.endpoint,
    BucketName: bucket.bucketName,
    BucketLocation: bucket.region,
    Insecure: bucket.insecure,
    AuthenticationType: "iam",
  },
});

function pods(it: RunnerConfig): TomlTable {
  return {
    namespace: it.namespace,
    image: it.image,
    helper_image: it.helper,
    privileged: false,
    automount_service_account_token: false,
    priority_class_name: it.pods.priorityClassName,
    // Pulling a large image for the first time on a small line.
    poll_timeout: 900,
    ...jobContainers(it.jobs),
    pod_labels: it.labels,
    node_selector: { ...it.pods.nodeSelector, "kubernetes.io/arch": it.arch },
    ...(it.pods.tolerations.length ? { node_tolerations: Object.fromEntries(it.pods.tolerations.map((taint) => [taint.value === undefined ? taint.key : `${taint.key}=${taint.value}`, taint.effect])) } : {}),
    ...it.kind.pods,
    volumes: { empty_dir: [{ name: "repo", mount_path: "/builds", size_limit: it.jobs.disk }, ...it.kind.volumes] },
  };
}

/** The helper is published under a tag for each architecture: `arm64-v19.3.0`. */
export const helperOf = ({ repository, tag }: Image, arch: Architecture): string => `${repository}:${arch === "amd64" ? "x86_64" : arch}-${tag}`;
