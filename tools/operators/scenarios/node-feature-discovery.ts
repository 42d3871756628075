import type { Assertion } from "../../control-plane/assertions/assertion";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, awaitedOutcome } from "./condition";

const GROUP = "nfd.k8s-sigs.io/v1alpha1";

const WORKER = "gpu-operator-feature-worker";

/** Says that a node has a device of NVIDIA's: 10de is its number among PCI vendors. */
const PRESENT = "feature.node.kubernetes.io/pci-10de.present";

/** Finds out what nodes have, and writes it as their labels; what stands for the node is this machine. */
export const nodeFeatureDiscovery: Operator = {
  name: "node-feature-discovery",
  parts: [
    { workload: "gpu-operator-feature-master", program: "nfd-master", flags: { "-port": "18440" } },
    { workload: "gpu-operator-feature-collector", program: "nfd-gc", flags: { "-port": "18441" } },
    {
      workload: WORKER,
      kind: "DaemonSet",
      program: "nfd-worker",
      flags: { "-port": "18442" },
      here: () => ({ mounts: { "/host-sys": "/sys", "/host-boot": "/boot", "/host-etc/os-release": "/etc/os-release", "/host-usr/lib": "/usr/lib", "/host-lib": "/lib" } }),
    },
  ],
  changes: ["the worker looks at this machine; which nodes have one of NVIDIA's devices is said by the test, as the lab describes them"],
  prepare: sayDevices,
  examine: async (cluster) => [await labelsFrom(cluster), await labelsDevices(cluster), await forgets(cluster)],
};

/** The worker's node has the kernel of this machine, by which the GPU operator chooses a driver. */
async function labelsFrom(cluster: LabCluster): Promise<Assertion> {
  const label = "feature.node.kubernetes.io/kernel-version.major";
  const { client, process } = cluster.running.api;
  const problems = await awaitedOutcome(process.died, `the label ${label}`, async () => {
    const labelled = (await client.list("v1", "Node")).filter(({ metadata }) => metadata.labels?.[label] !== undefined);
    const nodes = (await client.list("v1", "Pod")).filter(({ metadata }) => metadata.name.startsWith(`${WORKER}-`)).map((pod) => fieldOf(pod, "spec", "nodeName"));
    if (labelled.length !== 1) return `${String(labelled.length)} nodes have it`;
    return nodes.includes(labelled[0]!.metadata.name) ? undefined : `${labelled[0]!.metadata.name} has it, where no worker is`;
  });
  return { says: "the node whose worker runs is labelled with its kernel", problems };
}

/** What workers say of devices becomes the label that the GPU operator looks for. */
async function labelsDevices(cluster: LabCluster): Promise<Assertion> {
  const nodes = gpuNodes(cluster);
  const problems = await Promise.all(nodes.map((name) => awaited(cluster, { apiVersion: "v1", kind: "Node", metadata: { name } }, ({ metadata }) => (metadata.labels?.[PRESENT] === "true" ? undefined : "it has no such label"))));
  return { says: `the nodes of which workers say so are labelled ${PRESENT} (${nodes.join(", ")})`, problems: nodes.length === 0 ? ["the lab describes none"] : problems.flat() };
}

/** The nodes that the lab describes with a GPU of NVIDIA's. */
export const gpuNodes = ({ releases, running }: Pick<LabCluster, "releases" | "running">): readonly string[] =>
  (releases.find(({ cluster }) => cluster.name === running.under.name)?.cluster.nodes ?? []).filter(({ gpus }) => gpus.some(({ vendor }) => vendor === "nvidia")).map(({ name }) => name);

/** By these the GPU operator chooses a driver. */
const SYSTEM = {
  "feature.node.kubernetes.io/kernel-version.full": "6.8.0-60-generic",
  "feature.node.kubernetes.io/system-os_release.ID": "ubuntu",
  "feature.node.kubernetes.io/system-os_release.VERSION_ID": "24.04",
};

/** Says of each what the worker on it would: here is no device. */
async function sayDevices(cluster: LabCluster): Promise<void> {
  for (const node of gpuNodes(cluster)) await cluster.running.api.client.apply(features(cluster, `e2e-${node}`, node, { [PRESENT]: "true", ...SYSTEM }));
}

/** What is said of a node that is gone goes after it. */
async function forgets(cluster: LabCluster): Promise<Assertion> {
  const { client, process } = cluster.running.api;
  const name = "e2e-gone";
  const node: KubernetesObject = { apiVersion: "v1", kind: "Node", metadata: { name }, spec: { unschedulable: true, taints: [{ key: "hearth.dev/e2e", effect: "NoSchedule" }] } };
  const said = features(cluster, name, name, {});
  await client.apply(node);
  await client.apply(said);
  await client.delete(node);
  const problems = await awaitedOutcome(process.died, `the end of NodeFeature ${name}`, async () => ((await client.get(said)) === undefined ? undefined : "it is still there"));
  return { says: "what was found out about a node goes when the node does", problems };
}

/** As a worker writes it: https://kubernetes-sigs.github.io/node-feature-discovery/v0.19/usage/custom-resources */
function features(cluster: LabCluster, name: string, node: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  const namespace = committed(cluster, "DaemonSet").find(({ metadata }) => metadata.name === WORKER)?.metadata.namespace;
  return {
    apiVersion: GROUP,
    kind: "NodeFeature",
    metadata: { name, namespace, labels: { "nfd.node.kubernetes.io/node-name": node } },
    spec: { labels, features: { flags: {}, attributes: {}, instances: {} } },
  };
}
