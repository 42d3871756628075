import { z } from "zod";
import type { RunningCluster } from "../cluster/start-cluster";
import { describeObject, type KubernetesObject } from "../kubernetes/object";
import type { Assertion } from "./assertion";
import { lastWarning } from "./warning-events";

const count = z.number().default(0);
const counts = z.looseObject({
  metadata: z.looseObject({ generation: count }),
  spec: z.looseObject({ replicas: z.number().default(1), completions: z.number().default(1), suspend: z.boolean().default(false) }).optional(),
  status: z
    .looseObject({ observedGeneration: count, readyReplicas: count, updatedReplicas: count, desiredNumberScheduled: count, numberReady: count, updatedNumberScheduled: count, succeeded: count })
    .optional(),
});

/** Whether a workload has come to where it says it wants to be; otherwise how far it is. */
export function unfinished(object: KubernetesObject): string | undefined {
  const { metadata, spec, status } = counts.parse(object);
  const lag = (done: number | undefined, wanted: number | undefined): string | undefined => ((done ?? 0) === (wanted ?? 0) ? undefined : `${describeObject(object)}: ${String(done ?? 0)} of ${String(wanted ?? 0)}`);
  if (object.kind === "Job") return spec?.suspend === true ? undefined : lag(status?.succeeded, spec?.completions ?? 1);
  if (status?.observedGeneration !== metadata.generation) return `${describeObject(object)} has not been looked at yet`;
  if (object.kind === "DaemonSet") return lag(Math.min(status.numberReady, status.updatedNumberScheduled), status.desiredNumberScheduled);
  return lag(Math.min(status.readyReplicas, status.updatedReplicas), spec?.replicas ?? 1);
}

const KINDS = [
  ["apps/v1", "Deployment"],
  ["apps/v1", "StatefulSet"],
  ["apps/v1", "DaemonSet"],
  ["batch/v1", "Job"],
] as const;

/** Every workload of a cluster is done; for one that is not, the last warning tells why. */
export async function workloadsAreDone({ api, under }: RunningCluster): Promise<Assertion> {
  const workloads = (await Promise.all(KINDS.map(([apiVersion, kind]) => api.client.list(apiVersion, kind)))).flat();
  const waiting = workloads.flatMap((workload) => {
    const problem = unfinished(workload);
    return problem === undefined ? [] : [{ workload, problem }];
  });
  const events = waiting.length === 0 ? [] : await api.client.list("v1", "Event");
  const problems = waiting.map(({ workload, problem }) => [problem, lastWarning(events, workload)].filter((part) => part !== undefined).join(": "));
  return { says: `${under.name}: all ${String(workloads.length)} workloads are done`, problems };
}

const pod = z.looseObject({
  metadata: z.looseObject({ namespace: z.string(), name: z.string() }),
  spec: z.looseObject({ nodeName: z.string().optional() }),
  status: z.looseObject({ phase: z.string(), conditions: z.array(z.looseObject({ type: z.string(), message: z.string().optional() })).default([]) }),
});

/** Every pod of a cluster runs, or has done its work; one that no node can take is named with the scheduler's reason. */
export async function podsRun({ api, under }: RunningCluster): Promise<Assertion> {
  const pods = (await api.client.list("v1", "Pod")).map((object) => pod.parse(object));
  const problems = pods
    .filter(({ status }) => status.phase !== "Running" && status.phase !== "Succeeded")
    .map(({ metadata, status }) => `pod ${metadata.namespace}/${metadata.name} is ${status.phase}: ${status.conditions.find(({ type }) => type === "PodScheduled")?.message ?? ""}`);
  return { says: `${under.name}: all ${String(pods.length)} pods run`, problems };
}
