import type { Assertion } from "../../control-plane/assertions/assertion";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, awaitedOutcome } from "./condition";

const GROUP = "nfd.k8s-sigs.io/v1alpha1";

const WORKER = "gpu-operator-feature-worker";

/** NVIDIA's number among PCI vendors. */
const NVIDIA = "10de";

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
  changes: ["the worker looks at this machine; that another node has one of NVIDIA's devices is said by the test"],
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

/** What a worker says of a device becomes the label that the GPU operator looks for. */
async function labelsDevices(cluster: LabCluster): Promise<Assertion> {
  const label = `feature.node.kubernetes.io/pci-${NVIDIA}.present`;
  const node = cluster.running.under.nodes[0]!.name;
  await cluster.running.api.client.apply(features(cluster, node, { [label]: "true" }));
  const problems = await awaited(cluster, { apiVersion: "v1", kind: "Node", metadata: { name: node } }, ({ metadata }) => (metadata.labels?.[label] === "true" ? undefined : "it has no such label"));
  return { says: `a node of which a worker says so is labelled ${label}`, problems };
}

/** What is said of a node that is gone goes after it. */
async function forgets(cluster: LabCluster): Promise<Assertion> {
  const { client, process } = cluster.running.api;
  const name = "e2e-gone";
  const node: KubernetesObject = { apiVersion: "v1", kind: "Node", metadata: { name }, spec: { unschedulable: true, taints: [{ key: "hearth.dev/e2e", effect: "NoSchedule" }] } };
  const said = features(cluster, name, {});
  await client.apply(node);
  await client.apply(said);
  await client.delete(node);
  const problems = await awaitedOutcome(process.died, `the end of NodeFeature ${name}`, async () => ((await client.get(said)) === undefined ? undefined : "it is still there"));
  return { says: "what was found out about a node goes when the node does", problems };
}

/** As a worker writes it: https://kubernetes-sigs.github.io/node-feature-discovery/v0.19/usage/custom-resources */
function features(cluster: LabCluster, node: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  const namespace = committed(cluster, "DaemonSet").find(({ metadata }) => metadata.name === WORKER)?.metadata.namespace;
  return {
    apiVersion: GROUP,
    kind: "NodeFeature",
    metadata: { name: node, namespace, labels: { "nfd.node.kubernetes.io/node-name": node } },
    spec: { labels, features: { flags: {}, attributes: {}, instances: {} } },
  };
}
