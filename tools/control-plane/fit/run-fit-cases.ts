import { z } from "zod";
import type { ApiServer } from "../cluster/api-server";
import { nodeObject } from "../cluster/node-object";
import { clusterUnderTest } from "../lab/lab-under-test";
import { until } from "../processes/until";
import type { KubernetesClient } from "../kubernetes/client";
import type { KubernetesObject } from "../kubernetes/object";
import type { FitCase } from "./cases";
import { cluster, homelessOf } from "./ground";

const PATIENCE_SECONDS = 30;

const pod = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }),
  status: z.looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).default([]) }),
});

/** Puts each case to the real scheduler, one after another on the same nodes: what it leaves Pending is what the proof finds no node for. */
export async function runFitCases({ client }: ApiServer, cases: readonly FitCase[]): Promise<readonly string[]> {
  const under = clusterUnderTest(cluster);
  for (const node of under.nodes) await client.apply(nodeObject(under, node));
  const problems: string[] = [];
  for (const [index, it] of cases.entries()) problems.push(...(await disagreement(client, it, `fit-${String(index + 1)}`)));
  return problems;
}

/** The API server holds pods to its strictest level where a namespace says nothing, and these are about their places alone. */
const openNamespace = (name: string): KubernetesObject => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "privileged" } } });

async function disagreement(client: KubernetesClient, { title, objects }: FitCase, namespace: string): Promise<readonly string[]> {
  const proved = homelessOf(objects);
  await client.apply(openNamespace(namespace));
  try {
    for (const object of objects) await client.apply({ ...object, metadata: { ...object.metadata, namespace } });
    const wanted = objects.reduce((sum, { spec }) => sum + z.looseObject({ replicas: z.number() }).parse(spec).replicas, 0);
    let seen: readonly string[] | undefined;
    // A pod may be refused first and placed when its neighbour stands: what is decided has to stay so for two looks.
    let looks = 0;
    try {
      await until({ what: `the scheduler to decide on ${title}`, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 400 }, async () => {
        seen = pendingOf(await client.list("v1", "Pod", namespace), wanted);
        looks = seen !== undefined && same(seen, proved) ? looks + 1 : 0;
        return looks === 2 ? true : undefined;
      });
      return [];
    } catch {
      return [`${title}: the proof finds no node for ${proved.join(", ") || "nobody"}, and the scheduler for ${seen?.join(", ") ?? "pods that it has not all decided on"}`];
    }
  } finally {
    for (const object of objects) await client.delete({ ...object, metadata: { ...object.metadata, namespace } });
    await until({ what: `the pods of ${title} to go`, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 200 }, async () => ((await client.list("v1", "Pod", namespace)).length === 0 ? true : undefined));
    await client.delete({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  }
}

/** Workloads of the pods that found no node; undefined while not all of them are there and decided on. */
export function pendingOf(pods: readonly KubernetesObject[], wanted: number): readonly string[] | undefined {
  const decisions = pods.map((object) => pod.parse(object)).map(({ metadata, status }) => ({ name: `Deployment/${metadata.labels["app"] ?? ""}`, status: status.conditions.find(({ type }) => type === "PodScheduled")?.status }));
  if (decisions.length !== wanted || decisions.some(({ status }) => status === undefined)) return undefined;
  return decisions.filter(({ status }) => status !== "True").map(({ name }) => name).sort();
}

const same = (one: readonly string[], other: readonly string[]): boolean => JSON.stringify(one) === JSON.stringify(other);
