import type { Cluster, Node } from "../../../engine/model/cluster";
import type { Distribution } from "../../../engine/model/distribution";
import type { Lab } from "../../../engine/model/lab";
import type { ClusterUnderTest, LabUnderTest, NodeUnderTest } from "../cluster/cluster-under-test";
import type { KubernetesObject } from "../kubernetes/object";
import { UserError } from "../user-error";

/** What the tests stand up for a lab, from its description. */
export function labUnderTest({ gitops, clusters }: Lab): LabUnderTest {
  if (gitops.mode !== "hub") throw new UserError(`The whole run needs gitops: { mode: "hub" }; this lab has "${gitops.mode}". Use --dry-run.`);
  return { repository: gitops.repository, branch: gitops.branch, hub: gitops.hub, clusters: clusters.map(clusterUnderTest) };
}

/** The same of one cluster. */
export function clusterUnderTest(cluster: Cluster): ClusterUnderTest {
  const { name, distribution, kubernetes, network, nodes } = cluster;
  return {
    name,
    kubernetesVersion: `v${kubernetes}.0${distribution.name === "k3s" ? "+k3s1" : ""}`,
    api: network.api,
    services: network.services,
    pods: network.pods,
    nodes: nodes.map((node) => nodeUnderTest(node, cluster)),
    brings: bringsOf(distribution),
  };
}

function nodeUnderTest(node: Node, { provides }: Cluster): NodeUnderTest {
  return {
    name: node.name,
    arch: node.arch,
    allocatable: { cpu: String(node.cpu), memory: node.memory, "ephemeral-storage": node.ephemeralStorage, pods: "110", ...gpusOf(node, provides.gpu) },
    labels: node.labels,
    taints: node.taints,
  };
}

/** What the vendor's device plugin would advertise: each device once for every pod that may share it. */
function gpusOf({ gpus }: Node, provider: Cluster["provides"]["gpu"]): Readonly<Record<string, string>> {
  const first = gpus[0];
  if (first === undefined || provider === undefined || provider.vendor !== first.vendor) return {};
  const { resource } = provider.provide({ vendor: first.vendor, count: 1, memory: first.memory });
  return { [resource]: String(gpus.length * provider.shares) };
}

/** https://docs.k3s.io/storage and https://kind.sigs.k8s.io: the class of the bundled local-path provisioner, the default one. */
function bringsOf({ bundles, localPathClass, runtimeClasses }: Distribution): readonly KubernetesObject[] {
  const storageClass = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: localPathClass, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "rancher.io/local-path",
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
  };
  const runtimes = runtimeClasses.map((name) => ({ apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name }, handler: name }));
  return [...(bundles.includes("local-path") ? [storageClass] : []), ...runtimes];
}
