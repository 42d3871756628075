import type { Built } from "../model/built";
import type { Cluster } from "../model/cluster";
import { knowsIdentities } from "../model/distribution";
import { distinctKinds, isClusterScoped, kindOf, type Kind } from "../kinds/kind";
import { clusterWideNamespace } from "./names";

/** What a cluster's Applications consist of: its AppProject, Argo CD's roles and what it watches are closed to exactly this. */
export interface Permitted {
  /** Kinds that are written, and so applied, healed and pruned. */
  readonly written: readonly Kind[];
  /** Kinds that controllers make from these: they are only looked at. */
  readonly shown: readonly Kind[];
  readonly namespaces: readonly string[];
}

const rbac = "rbac.authorization.k8s.io";

/**
 * Kinds that every cluster has, and that any release may consist of. They are permitted before anything uses them and after
 * nothing does any more: the last object of a kind can only be pruned while its kind is permitted.
 */
const everyday: readonly Kind[] = [
  ...["ConfigMap", "Namespace", "PersistentVolumeClaim", "Service", "ServiceAccount"].map((kind) => ({ group: "", kind })),
  ...["DaemonSet", "Deployment", "StatefulSet"].map((kind) => ({ group: "apps", kind })),
  ...["CronJob", "Job"].map((kind) => ({ group: "batch", kind })),
  ...["Ingress", "NetworkPolicy"].map((kind) => ({ group: "networking.k8s.io", kind })),
  { group: "policy", kind: "PodDisruptionBudget" },
  ...["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"].map((kind) => ({ group: rbac, kind })),
  { group: "scheduling.k8s.io", kind: "PriorityClass" },
];

/** The same where the CNI is Cilium. */
const everydayOnCilium: readonly Kind[] = [{ group: "cilium.io", kind: "CiliumNetworkPolicy" }];

/** Whether a kind is permitted on every cluster, or every one of its CNI, and not because a release there consists of it. */
export const isEveryday = ({ group, kind }: Kind): boolean => [...everyday, ...everydayOnCilium].some((it) => it.group === group && it.kind === kind);

export const definition: Kind = { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" };

/** What workloads come down to. Argo CD hides what a project does not permit, and a Deployment without its pods explains nothing. */
const children: readonly Kind[] = [
  { group: "", kind: "Pod" },
  { group: "apps", kind: "ReplicaSet" },
];

/** What is permitted on a cluster that was built already. */
export type PermittedOn = (cluster: Cluster) => Permitted;

/** @param releases everything that stands on one cluster, what is on its way out included */
export function permittedFor(releases: readonly Built[]): Permitted {
  const manifests = releases.flatMap((it) => it.manifests);
  const definitions = releases.some(({ release }) => release.app.crds.length > 0) ? [definition] : [];
  const namespaces = manifests.filter((manifest) => !isClusterScoped(kindOf(manifest))).flatMap((manifest) => manifest.metadata.namespace ?? []);
  const usual = releases.some(({ release }) => knowsIdentities(release.cluster)) ? [...everyday, ...everydayOnCilium] : everyday;
  const written = distinctKinds([...usual, ...definitions, ...manifests.map(kindOf)]);
  return {
    written,
    shown: children.filter((child) => !written.some(({ group, kind }) => group === child.group && kind === child.kind)),
    namespaces: [...new Set([clusterWideNamespace, ...releases.map(({ release }) => release.namespace), ...namespaces])].sort(),
  };
}
