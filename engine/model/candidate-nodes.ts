import type { Cluster, Node } from "./cluster";
import type { PodSpec } from "./pod-template";
import type { Release } from "./release";

type PodToleration = NonNullable<PodSpec["tolerations"]>[number];

/**
 * The labels that a node will carry: the lab's own and those that the kubelet and the distribution set.
 * https://kubernetes.io/docs/reference/labels-annotations-taints/; k3s writes "true" where kubeadm writes nothing.
 */
export const labelsOf = (node: Node, cluster: Cluster): Readonly<Record<string, string>> => ({
  "kubernetes.io/arch": node.arch,
  "kubernetes.io/os": "linux",
  "kubernetes.io/hostname": node.name,
  ...(node.role === "control-plane" ? { "node-role.kubernetes.io/control-plane": cluster.distribution.name === "k3s" ? "true" : "" } : {}),
  ...node.labels,
});

/** Whether a pod with these tolerations may stand on the node. `PreferNoSchedule` keeps nobody away. */
export const isTolerated = (node: Node, tolerations: readonly PodToleration[]): boolean =>
  node.taints.every((taint) => taint.effect === "PreferNoSchedule" || tolerations.some((it) => tolerates(it, taint)));

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/: no key, with Exists, is every taint; no effect is every effect. */
export const tolerates = (toleration: PodToleration, taint: Node["taints"][number]): boolean =>
  (toleration.effect === undefined || toleration.effect === taint.effect) &&
  (toleration.key === undefined ? toleration.operator === "Exists" : toleration.key === taint.key) &&
  (toleration.operator === "Exists" || (toleration.value ?? "") === (taint.value ?? ""));

/** The nodes that a release's placement leaves to its pods; what a pod itself selects or tolerates besides is not counted. */
export function candidateNodes(release: Release): readonly Node[] {
  const { cluster, placement, needs } = release;
  const ours = placement.tolerates.map((it): PodToleration => ({ ...it, operator: it.value === undefined ? "Exists" : "Equal" }));
  const tolerations = [...ours, ...(needs.gpu ? (cluster.provides.gpu?.provide(needs.gpu).tolerations ?? []) : [])];
  return labelledNodes(release).filter((node) => isTolerated(node, tolerations));
}

/** The nodes with all labels that the placement asks for. */
export const labelledNodes = ({ cluster, placement }: Pick<Release, "cluster" | "placement">): readonly Node[] =>
  cluster.nodes.filter((node) => {
    const labels = labelsOf(node, cluster);
    return Object.entries(placement.on).every(([key, value]) => labels[key] === value);
  });
