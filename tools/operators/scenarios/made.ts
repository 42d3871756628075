import { z } from "zod";
import { bytes, bytesOf, cpu, milliCpuOf } from "../../../engine/model/quantity";
import type { Made } from "../../../engine/model/makes";
import type { Release } from "../../../engine/model/release";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import type { LabCluster } from "../run/lab-cluster";
import { awaitedOutcome } from "./condition";

/** Some write bytes without a unit. */
const plainBytes = z.string().regex(/^\d+$/).transform(Number);

const requests = z.object({ cpu: cpu.default("0"), memory: z.union([plainBytes, bytes.transform(bytesOf)]).default(0) });

const pod = z.looseObject({ spec: z.looseObject({ containers: z.array(z.looseObject({ resources: z.looseObject({ requests: requests.optional() }).optional() })) }) });

/** The pods that an operator makes of a release are those that the app has declared: their number, labels, requests and claims. */
export async function madeAsDeclared(cluster: LabCluster, app: string): Promise<readonly Assertion[]> {
  const releases = cluster.releases.filter((release) => release.app.name === app && release.makes.length > 0);
  return Promise.all(releases.flatMap((release) => release.makes.map((made) => madeOne(cluster, release, made))));
}

async function madeOne({ running }: LabCluster, release: Release, made: Made): Promise<Assertion> {
  const { client, process } = running.api;
  const namespace = made.namespace ?? release.namespace;
  const problems = await awaitedOutcome(process.died, `the pods ${made.component} of ${release.address}`, async () => {
    const pods = await client.list("v1", "Pod", namespace);
    const claims = await client.list("v1", "PersistentVolumeClaim", namespace);
    return differences(made, pods, claims.map(({ metadata }) => metadata.name))[0];
  });
  return { says: `${release.address}: the pods ${made.component} are as declared (labels, number, requests, claims)`, problems };
}

/** How pods differ from what was declared of them. */
export function differences(made: Made, pods: readonly KubernetesObject[], claims: readonly string[]): readonly string[] {
  const labels = Object.entries(made.labels);
  const own = pods.filter(({ metadata }) => labels.every(([name, value]) => metadata.labels?.[name] === value));
  const others = pods.filter((each) => !own.includes(each)).map(({ metadata }) => `${metadata.name} has the labels ${JSON.stringify(metadata.labels ?? {})}`);
  const missing = Object.values(made.claims ?? {}).flat().filter((claim) => !claims.includes(claim));
  return [
    ...(made.count === "per-node" || own.length === made.count ? [] : [`${String(own.length)} pods have the declared labels instead of ${String(made.count)}; ${others.join("; ")}`]),
    ...own.filter((each) => fieldOf(each, "status", "phase") !== "Running").map(({ metadata }) => `${metadata.name} does not run`),
    ...own.flatMap((each) => requestDifferences(made, each)),
    ...missing.map((claim) => `there is no claim ${claim}`),
  ];
}

function requestDifferences({ requests: declared }: Made, object: KubernetesObject): readonly string[] {
  const each = pod.parse(object).spec.containers.map(({ resources }) => resources?.requests ?? requests.parse({}));
  const milliCpu = each.reduce((sum, request) => sum + milliCpuOf(request.cpu), 0);
  const memory = each.reduce((sum, request) => sum + request.memory, 0);
  return [
    ...(milliCpu === milliCpuOf(declared.cpu) ? [] : [`${object.metadata.name} requests ${String(milliCpu)}m of CPU, and ${declared.cpu} is declared`]),
    ...(memory === bytesOf(declared.memory) ? [] : [`${object.metadata.name} requests ${String(memory)} bytes of memory, and ${declared.memory} is declared`]),
  ];
}
