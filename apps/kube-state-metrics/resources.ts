import type { Permission } from "../../engine/workload/account";

/**
 * The kinds whose state is told, by API group. Upstream's default has more; without Secrets and ConfigMaps nobody need trust
 * it with every secret of the cluster. https://github.com/kubernetes/kube-state-metrics/blob/v2.19.1/pkg/options/resource.go
 */
const resources: Readonly<Record<string, readonly string[]>> = {
  "": ["namespaces", "nodes", "persistentvolumeclaims", "persistentvolumes", "pods", "resourcequotas", "services"],
  apps: ["daemonsets", "deployments", "replicasets", "statefulsets"],
  autoscaling: ["horizontalpodautoscalers"],
  batch: ["cronjobs", "jobs"],
  "networking.k8s.io": ["ingresses"],
  policy: ["poddisruptionbudgets"],
  "storage.k8s.io": ["storageclasses", "volumeattachments"],
};

/** As `--resources` takes them: one that is named and may not be read stops it from ever being ready. */
export const resourceFlag = `--resources=${Object.values(resources).flat().sort().join(",")}`;

export const permissions: readonly Permission[] = Object.entries(resources).map(([group, names]) => ({ groups: [group], resources: names, verbs: ["list", "watch"], because: "their state is what it tells" }));
