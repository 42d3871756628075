import type { RunningCluster } from "../cluster/start-cluster";
import { ApiError } from "../kubernetes/api-error";
import type { KubernetesObject } from "../kubernetes/object";
import { inFlight } from "../processes/in-flight";
import type { Assertion } from "./assertion";

/** Namespaces that Kubernetes itself makes: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const KUBERNETES_OWN = new Set(["default", "kube-node-lease", "kube-public", "kube-system"]);

const LEVEL = "pod-security.kubernetes.io/enforce";

/** Every namespace of a cluster enforces a level of Pod Security, or says that it only watches; and a pod that sees its node's processes is refused by all but the privileged ones. */
export async function namespacesEnforce({ api, under }: RunningCluster): Promise<Assertion> {
  const namespaces = (await api.client.list("v1", "Namespace")).filter(({ metadata }) => !KUBERNETES_OWN.has(metadata.name));
  const problems = await inFlight(8, namespaces, async (namespace) => {
    const complaint = unenforced(namespace);
    if (complaint !== undefined) return [complaint];
    if (!refusesIntruders(namespace)) return [];
    return (await isRefused(api.client, namespace.metadata.name)) ? [] : [`namespace ${namespace.metadata.name} lets a pod into its node's processes`];
  });
  const count = (those: (namespace: KubernetesObject) => boolean): string => String(namespaces.filter(those).length);
  const observing = namespaces.filter(observes).map(({ metadata }) => metadata.name);
  const levels = `${count(refusesIntruders)} refuse an intruder, ${count(({ metadata }) => metadata.labels?.[LEVEL] === "privileged")} are privileged${observing.length === 0 ? "" : `, ${observing.join(", ")} only observe`}`;
  return { says: `${under.name}: all ${String(namespaces.length)} namespaces have a Pod Security level that holds (${levels})`, problems: problems.flat() };
}

/** What is wrong with a namespace's own words, or nothing. */
export function unenforced(namespace: KubernetesObject): string | undefined {
  const level = namespace.metadata.labels?.[LEVEL];
  if (level === undefined) return observes(namespace) ? undefined : `namespace ${namespace.metadata.name} has none`;
  return ["privileged", "baseline", "restricted"].includes(level) ? undefined : `namespace ${namespace.metadata.name} has ${level}, which is no level`;
}

/** A release that is taken over step by step warns first: `enforcement: observe`. */
function observes({ metadata: { labels = {} } }: KubernetesObject): boolean {
  return labels[LEVEL] === undefined && labels["pod-security.kubernetes.io/audit"] !== undefined;
}

function refusesIntruders({ metadata: { labels = {} } }: KubernetesObject): boolean {
  return labels[LEVEL] === "baseline" || labels[LEVEL] === "restricted";
}

async function isRefused(client: RunningCluster["api"]["client"], namespace: string): Promise<boolean> {
  const intruder = { apiVersion: "v1", kind: "Pod", metadata: { namespace, name: "hearth-e2e-intruder" }, spec: { hostPID: true, containers: [{ name: "main", image: "registry.invalid/none:1" }] } };
  try {
    await client.apply(intruder, { dryRun: true });
    return false;
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 403 && cause.message.includes("violates PodSecurity")) return true;
    throw cause;
  }
}
