import type { RunningCluster } from "../cluster/start-cluster";
import type { Assertion } from "./assertion";

/** Namespaces that Kubernetes itself makes: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const KUBERNETES_OWN = new Set(["default", "kube-node-lease", "kube-public", "kube-system"]);

/** Every namespace of a cluster says which level of Pod Security it enforces, or that it only watches. */
export async function namespacesEnforce({ api, under }: RunningCluster): Promise<Assertion> {
  const namespaces = (await api.client.list("v1", "Namespace")).filter(({ metadata }) => !KUBERNETES_OWN.has(metadata.name));
  const silent = namespaces.filter(({ metadata: { labels = {} } }) => labels["pod-security.kubernetes.io/enforce"] === undefined && labels["pod-security.kubernetes.io/audit"] === undefined);
  return { says: `${under.name}: all ${String(namespaces.length)} namespaces have a Pod Security level`, problems: silent.map(({ metadata }) => `namespace ${metadata.name} has none`) };
}
