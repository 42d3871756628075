import type { KubernetesObject } from "../kubernetes/object";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const WARN = "pod-security.kubernetes.io/warn";

/**
 * A namespace that warns of exactly what it would refuse.
 * Pod Security refuses pods only, and a dry run makes none; but of a workload's template it warns:
 * https://kubernetes.io/docs/concepts/security/pod-security-admission/#workload-resources-and-pod-templates
 */
export function warningOfWhatItRefuses(namespace: KubernetesObject): KubernetesObject {
  const labels = namespace.metadata.labels ?? {};
  const enforced = labels[ENFORCE];
  if (enforced === undefined) return namespace;
  const version = labels[`${ENFORCE}-version`] ?? "latest";
  return { ...namespace, metadata: { ...namespace.metadata, labels: { ...labels, [WARN]: enforced, [`${WARN}-version`]: version } } };
}

/** Whether a namespace says itself what it refuses. */
export function enforces(namespace: KubernetesObject): boolean {
  return namespace.metadata.labels?.[ENFORCE] !== undefined;
}

/** Whether a warning of the API server means that pods will be refused in a namespace that enforces. */
export function isRefusal(warning: string): boolean {
  return warning.startsWith("would violate PodSecurity");
}
