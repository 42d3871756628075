import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import { until } from "../../control-plane/processes/until";
import type { Contained } from "../pods/kubelet";
import { keepPodDirectories, kubeletMounts, podDirectories } from "../pods/pod-directories";
import { beside } from "../run/beside";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Part } from "../run/operator";
import { rootOf } from "../run/start-operator";
import { SCRATCH, VELERO } from "./velero-copies";
import { EMPTIED } from "./velero-first-start";

/** Where every part sees the bucket. */
const BUCKET = "/bucket";

const environment = { VELERO_SCRATCH_DIR: "/scratch", HOME: "/scratch" };

/** Velero's server. */
export const server: Part = { workload: "velero", program: "velero", flags: { "--metrics-address": "127.0.0.1:18610" }, here: (cluster) => ({ environment, mounts: { [BUCKET]: bucketOf(cluster) } }) };

/** The agent of one node. */
export const nodeAgentOn = (on: NonNullable<Part["on"]>): Part => ({
  workload: "node-agent",
  kind: "DaemonSet",
  program: "velero",
  flags: { "--metrics-address": "127.0.0.1:18611" },
  on,
  here: (cluster) => ({ environment, mounts: { "/host_pods": podDirectories(cluster), [BUCKET]: bucketOf(cluster) } }),
});

/** The accounts of the pods that come and go with Velero. */
export const accounts = [
  { namespace: VELERO, name: "velero-drill" },
  { namespace: EMPTIED, name: `${EMPTIED}-first-start` },
];

/** What differs from buckets and pods, however volumes are copied. */
export const changes = [
  "buckets are directories, through a plugin of ours in the place of Google's and Amazon's; volumes are directories, too",
  "all pods that copy run on one node, whose agent is run; they are processes, as are the pods of the drill, of first starts and of what tidies repositories",
];

const bucketOf = ({ testbed }: LabCluster): string => path.join(testbed.processes.directory, "bucket");

/** Puts the plugin where the init container would, and runs the pods that copy, drill, tidy up, or wait for copies. */
export async function prepareVelero(cluster: LabCluster): Promise<void> {
  const plugins = path.join(rootOf(cluster, server), "plugins");
  const locations = committed(cluster, "BackupStorageLocation").map(({ metadata }) => path.join(bucketOf(cluster), metadata.name));
  for (const directory of [plugins, ...locations, podDirectories(cluster)]) mkdirSync(directory, { recursive: true });
  const plugin = path.join(plugins, "velero-files");
  if (!existsSync(plugin)) copyFileSync(cluster.programs.get("velero-files")!, plugin);
  const starting = committed(cluster, "Job").filter(isFirstStart).map(({ metadata }) => metadata.namespace ?? "");
  for (const namespace of new Set([VELERO, SCRATCH, ...starting])) cluster.kubelet.follow(namespace, (pod) => containedIn(cluster, pod));
  // An agent that finds a pod without a directory ends (pkg/cmd/cli/nodeagent); a kubelet would start it again.
  await until({ what: "no more pods to be made", timeoutSeconds: 90, everyMilliseconds: 2000, signal: cluster.running.api.process.died }, async () => ((await keepPodDirectories(cluster)) === 0 ? true : undefined));
  beside(cluster, async () => void (await keepPodDirectories(cluster)));
}

const isFirstStart = ({ metadata }: KubernetesObject): boolean => metadata.labels?.["app.kubernetes.io/component"] === "first-start";

/** What a pod runs, by its component: KWOK plays all others. */
function containedIn(cluster: LabCluster, pod: KubernetesObject): Contained | undefined {
  const { address, port } = cluster.running.api.inside;
  switch (pod.metadata.labels?.["app.kubernetes.io/component"]) {
    case "data-mover":
    case "repository-maintenance":
      return { program: cluster.programs.get("velero")!, environment, mounts: { ...kubeletMounts(pod, podDirectories(cluster)), [BUCKET]: bucketOf(cluster) } };
    case "drill":
    case "first-start":
      return { program: process.execPath, environment: { API_SERVER: `https://${address}:${String(port)}` } };
    default:
      return undefined;
  }
}

const location = z.looseObject({ metadata: z.looseObject({ name: z.string() }), spec: z.looseObject({ objectStorage: z.looseObject({ bucket: z.string() }) }) });

/** A committed object, where a storage location is a directory: Kopia looks below fspath for its repositories whatever the bucket, so each has its own (pkg/repository/provider/unified_repo.go). */
export function inFiles(object: KubernetesObject): KubernetesObject {
  if (object.kind !== "BackupStorageLocation") return object;
  const { metadata, spec } = location.parse(object);
  const { default: isDefault } = z.looseObject({ default: z.boolean().optional() }).parse(spec);
  return {
    ...object,
    spec: { ...(isDefault === true && { default: true }), provider: "fs", objectStorage: { bucket: spec.objectStorage.bucket }, config: { fspath: `${BUCKET}/${metadata.name}` } },
  };
}
