import type { PodsGrant } from "../../engine/model/grants";
import type { CephHost } from "./disks";

/**
 * Ceph stands where its disks are: nothing of it waits for another node, and no other node carries it. Every daemon's custom
 * resource wants to be told for itself.
 */
export const onHosts = (hosts: readonly CephHost[], pods: PodsGrant) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: hosts.map((host) => host.name) }] }],
    },
  },
  tolerations: pods.tolerations,
});

/** Two of them on one node would fail together. */
export const apart = (app: string) => ({
  podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app } }, topologyKey: "kubernetes.io/hostname" }] },
});
