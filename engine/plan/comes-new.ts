import { fieldOf } from "../model/manifest";
import { systemNamespaces } from "../model/system-namespaces";
import type { Context, ObjectChange } from "./change";
import { listAt } from "./list-at";

/** Its rules are added to the roles that Kubernetes gives people: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles */
const aggregated = "rbac.authorization.k8s.io/aggregate-to-";

/**
 * Whether what an object allows is only a part of the new release that brings it: nothing that stood before may do more, or is
 * reached by more, than before.
 */
export function comesNew({ address, cluster, namespace, kind, after }: ObjectChange, { before }: Context): boolean {
  if (before.applications.has(address)) return false;
  const stood = (it: string): boolean => systemNamespaces.includes(it) || before.objectsOn(cluster).some((placed) => placed.namespace === it);
  switch (kind) {
    case "NetworkPolicy":
    case "CiliumNetworkPolicy":
      return !stood(namespace);
    case "ClusterRole":
      return !Object.keys(after?.metadata.labels ?? {}).some((label) => label.startsWith(aggregated));
    case "RoleBinding":
      return !stood(namespace) || listAt(after, "subjects").every((subject) => isOwn(subject, stood));
    case "ClusterRoleBinding":
      return listAt(after, "subjects").every((subject) => isOwn(subject, stood));
    default:
      return true;
  }
}

/** An account that comes with the release; people and groups were there before. */
const isOwn = (subject: unknown, stood: (namespace: string) => boolean): boolean => fieldOf(subject, "kind") === "ServiceAccount" && !stood(String(fieldOf(subject, "namespace")));
