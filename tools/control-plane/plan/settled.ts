import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import type { Standing } from "./standing";

/** What of a case its controllers have not finished with; nothing where all have. */
export function unsettled({ objects, pods, claims }: Standing): readonly string[] {
  const leaving = pods.filter((pod) => fieldOf(pod, "metadata", "deletionTimestamp") !== undefined).map((pod) => `pod ${pod.metadata.name} is leaving`);
  const waiting = [...objects].filter(([, object]) => !isSettled(object, pods)).map(([name]) => `${name} is not where it goes`);
  const unbound = claims.filter((claim) => fieldOf(claim, "status", "phase") !== "Bound").map((claim) => `claim ${claim.metadata.name} is not bound`);
  return [...leaving, ...waiting, ...unbound, ...orphans(claims, [...objects.values(), ...pods])];
}

/** Claims whose owner is gone: the garbage collector has yet to take them along. */
function orphans(claims: readonly KubernetesObject[], standing: readonly KubernetesObject[]): readonly string[] {
  const uids = new Set<unknown>(standing.map(({ metadata }) => metadata.uid));
  const ownersOf = (claim: KubernetesObject): readonly unknown[] => {
    const owners = fieldOf(claim, "metadata", "ownerReferences");
    return Array.isArray(owners) ? owners : [];
  };
  return claims.filter((claim) => ownersOf(claim).some((owner) => !uids.has(fieldOf(owner, "uid")))).map((claim) => `claim ${claim.metadata.name} has lost its owner`);
}

function isSettled(object: KubernetesObject, pods: readonly KubernetesObject[]): boolean {
  const { kind } = object;
  if (fieldOf(object, "metadata", "deletionTimestamp") !== undefined) return false;
  if (kind === "CustomResourceDefinition") return conditionOf(object, "Established") === "True";
  if (kind === "Job") return fieldOf(object, "spec", "suspend") === true || conditionOf(object, "Complete") === "True";
  if (kind === "Service") return fieldOf(object, "spec", "type") !== "LoadBalancer" || fieldOf(object, "spec", "loadBalancerClass") !== undefined || fieldOf(object, "status", "loadBalancer", "ingress") !== undefined;
  if (!(kind in rollouts)) return true;
  return countOf(object, "status", "observedGeneration") === countOf(object, "metadata", "generation") && rollouts[kind as keyof typeof rollouts](object, pods);
}

const countOf = (object: KubernetesObject, ...path: readonly string[]): number => Number(fieldOf(object, ...path) ?? 0);

function conditionOf(object: KubernetesObject, type: string): unknown {
  const conditions = fieldOf(object, "status", "conditions");
  return Array.isArray(conditions) ? fieldOf(conditions.find((it) => fieldOf(it, "type") === type), "status") : undefined;
}

const rollouts = {
  Deployment: (object: KubernetesObject, pods: readonly KubernetesObject[]): boolean => {
    const wanted = countOf(object, "spec", "replicas");
    const isUpdated = fieldOf(object, "spec", "paused") === true || countOf(object, "status", "updatedReplicas") === wanted;
    return isUpdated && countOf(object, "status", "readyReplicas") === wanted && countOf(object, "status", "replicas") === wanted && pods.length === wanted;
  },
  StatefulSet: (object: KubernetesObject, pods: readonly KubernetesObject[]): boolean => {
    const wanted = countOf(object, "spec", "replicas");
    const strategy = fieldOf(object, "spec", "updateStrategy", "type");
    const kept = countOf(object, "spec", "updateStrategy", "rollingUpdate", "partition");
    const isUpdated = strategy === "OnDelete" || fieldOf(object, "status", "currentRevision") === fieldOf(object, "status", "updateRevision") || countOf(object, "status", "updatedReplicas") >= wanted - kept;
    return isUpdated && countOf(object, "status", "readyReplicas") === wanted && pods.length === wanted;
  },
  DaemonSet: (object: KubernetesObject, pods: readonly KubernetesObject[]): boolean => {
    const wanted = countOf(object, "status", "desiredNumberScheduled");
    const isUpdated = fieldOf(object, "spec", "updateStrategy", "type") === "OnDelete" || countOf(object, "status", "updatedNumberScheduled") === wanted;
    return isUpdated && countOf(object, "status", "numberReady") === wanted && countOf(object, "status", "numberMisscheduled") === 0 && pods.length === wanted;
  },
} as const;
