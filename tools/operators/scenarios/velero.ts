import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import { until } from "../../control-plane/processes/until";
import type { Contained } from "../pods/kubelet";
import { beside } from "../run/beside";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator, Part } from "../run/operator";
import { rootOf } from "../run/start-operator";
import { externalSnapshotter } from "./external-snapshotter";
import { SCRATCH, VELERO, veleroAssertions } from "./velero-copies";
import { comesBack, EMPTIED } from "./velero-first-start";

/** Where every part sees the bucket. */
const BUCKET = "/bucket";

const environment = { VELERO_SCRATCH_DIR: "/scratch", HOME: "/scratch" };

const server: Part = { workload: "velero", program: "velero", flags: { "--metrics-address": "127.0.0.1:18610" }, here: (cluster) => ({ environment, mounts: { [BUCKET]: bucketOf(cluster) } }) };

const nodeAgent: Part = {
  workload: "node-agent",
  kind: "DaemonSet",
  program: "velero",
  flags: { "--metrics-address": "127.0.0.1:18611" },
  on: nodeOf,
  here: (cluster) => ({ environment, mounts: { "/host_pods": kubeletDirectory(cluster), [BUCKET]: bucketOf(cluster) } }),
};

/** Copies volumes night after night, and drills that they come back; the buckets are directories of this machine. */
export const velero: Operator = {
  name: "velero",
  parts: [server, nodeAgent],
  needs: [externalSnapshotter],
  accounts: [
    { namespace: VELERO, name: "velero-drill" },
    { namespace: EMPTIED, name: `${EMPTIED}-first-start` },
  ],
  programs: ["velero-files"],
  changes: [
    "buckets are directories, through a plugin of ours in the place of Google's and Amazon's; volumes are directories, too",
    "all pods that copy run on one node, whose agent is run; they are processes, as are the pods of the drill, of first starts and of what tidies repositories",
  ],
  prepare,
  applied: (object, cluster) => (object.kind === "BackupStorageLocation" ? inFiles(object) : isAgentConfig(object) ? onOneNode(object, cluster) : object),
  examine: async (cluster) => [...(await veleroAssertions(cluster)), ...(await comesBack(cluster))],
};

const bucketOf = ({ testbed }: LabCluster): string => path.join(testbed.processes.directory, "bucket");
const kubeletDirectory = ({ testbed }: LabCluster): string => path.join(testbed.processes.directory, "kubelet-pods");

/** A node that anything may run on. */
function nodeOf({ running }: LabCluster): string {
  return running.under.nodes.find(({ taints }) => taints.length === 0)?.name ?? "";
}

/** Puts the plugin where the init container would, and runs the pods that copy, drill, tidy up, or wait for copies. */
async function prepare(cluster: LabCluster): Promise<void> {
  const plugins = path.join(rootOf(cluster, server), "plugins");
  const locations = committed(cluster, "BackupStorageLocation").map(({ metadata }) => path.join(bucketOf(cluster), metadata.name));
  for (const directory of [plugins, ...locations, kubeletDirectory(cluster)]) mkdirSync(directory, { recursive: true });
  const plugin = path.join(plugins, "velero-files");
  if (!existsSync(plugin)) copyFileSync(cluster.programs.get("velero-files")!, plugin);
  const starting = committed(cluster, "Job").filter(isFirstStart).map(({ metadata }) => metadata.namespace ?? "");
  for (const namespace of new Set([VELERO, SCRATCH, ...starting])) cluster.kubelet.follow(namespace, (pod) => containedIn(cluster, pod));
  // An agent that finds a pod without a directory ends; a kubelet would start it again.
  await until({ what: "no more pods to be made", timeoutSeconds: 90, everyMilliseconds: 2000, signal: cluster.running.api.process.died }, async () => ((await keepDirectories(cluster)) === 0 ? true : undefined));
  beside(cluster, async () => void (await keepDirectories(cluster)));
}

const isFirstStart = ({ metadata }: KubernetesObject): boolean => metadata.labels?.["app.kubernetes.io/component"] === "first-start";

/** Makes the kubelet's directory of each pod, and tells how many were missing: the node agent starts only where all are (pkg/cmd/cli/nodeagent). */
async function keepDirectories(cluster: LabCluster): Promise<number> {
  const pods = await cluster.running.api.client.list("v1", "Pod");
  return pods.filter(({ metadata }) => mkdirSync(path.join(kubeletDirectory(cluster), metadata.uid ?? ""), { recursive: true }) !== undefined).length;
}

/** What a pod runs, by its component: KWOK plays all others. */
function containedIn(cluster: LabCluster, pod: KubernetesObject): Contained | undefined {
  const { address, port } = cluster.running.api.inside;
  switch (pod.metadata.labels?.["app.kubernetes.io/component"]) {
    case "data-mover":
    case "repository-maintenance":
      return { program: cluster.programs.get("velero")!, environment, mounts: { [BUCKET]: bucketOf(cluster) } };
    case "drill":
    case "first-start":
      return { program: process.execPath, environment: { API_SERVER: `https://${address}:${String(port)}` } };
    default:
      return undefined;
  }
}

const location = z.looseObject({ metadata: z.looseObject({ name: z.string() }), spec: z.looseObject({ objectStorage: z.looseObject({ bucket: z.string() }) }) });

/** Kopia looks below fspath for its repositories whatever the bucket: each location has its own (pkg/repository/provider/unified_repo.go). */
function inFiles(object: KubernetesObject): KubernetesObject {
  const { metadata, spec } = location.parse(object);
  const { default: isDefault } = z.looseObject({ default: z.boolean().optional() }).parse(spec);
  return {
    ...object,
    spec: { ...(isDefault === true && { default: true }), provider: "fs", objectStorage: { bucket: spec.objectStorage.bucket }, config: { fspath: `${BUCKET}/${metadata.name}` } },
  };
}

const isAgentConfig = ({ kind, metadata }: KubernetesObject): boolean => kind === "ConfigMap" && metadata.name === "node-agent-config" && metadata.namespace === VELERO;

function onOneNode(object: KubernetesObject, cluster: LabCluster): KubernetesObject {
  const { data } = z.looseObject({ data: z.object({ "config.json": z.string() }) }).parse(object);
  const config = z.looseObject({}).parse(JSON.parse(data["config.json"]));
  const loadAffinity = [{ nodeSelector: { matchLabels: { "kubernetes.io/hostname": nodeOf(cluster) } } }];
  return { ...object, data: { "config.json": JSON.stringify({ ...config, loadAffinity }) } };
}

