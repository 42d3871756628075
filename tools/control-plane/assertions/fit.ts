import { z } from "zod";
import type { Cluster } from "../../../engine/model/cluster";
import type { Manifest } from "../../../engine/model/manifest";
import { podTemplateOf, type PodSpec } from "../../../engine/model/pod-template";
import { bytesOf } from "../../../engine/model/quantity";
import type { Release } from "../../../engine/model/release";
import { pack } from "../../../engine/proofs/fit/pack";
import { podSetsOf, type PodSet } from "../../../engine/proofs/fit/pods";
import type { RunningCluster } from "../cluster/start-cluster";
import type { KubernetesObject } from "../kubernetes/object";
import { builtOf, type Committed } from "../manifests/committed";
import { until } from "../processes/until";
import type { Assertion } from "./assertion";

/** A namespace of the test's own, which refuses no pod: copies of any workload must be able to stand in it. */
const namespace: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "hearth-e2e-fit", labels: { "pod-security.kubernetes.io/enforce": "privileged" } } };

/** A copy of a workload, and what the proof says of the cluster with it. */
export interface Probe {
  readonly deployment: Manifest;
  /** Those for which it finds no node, by the names that its finding gives them: "Deployment/ollama". */
  readonly homeless: readonly string[];
}

/**
 * The proof of fit says beforehand what the real scheduler does: with a copy more of the lab's hungriest workload, once
 * made small, once as it is where the proof finds no room for it, and once larger than any node.
 */
export async function fitIsTrue({ api, under }: RunningCluster, cluster: Cluster, committed: readonly Committed[]): Promise<Assertion> {
  const says = (more: string): string => `${under.name}: what the proof of fit finds a node for is scheduled, and what it finds none for stays Pending and is named${more}`;
  const probes = probesOf(cluster, committed);
  if (probes.length === 0) return { says: says(" (no Deployment to try it with)"), problems: [] };
  await api.client.apply(namespace);
  try {
    await until({ what: "the ServiceAccount of a new namespace", timeoutSeconds: 60 }, () => api.client.get({ apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: namespace.metadata.name, name: "default" } }));
    for (const { deployment } of probes) await api.client.apply(deployment);
    const problems = await Promise.all(probes.map((probe) => disagreement(api.client, probe)));
    return { says: says(` (${probes.map(({ deployment, homeless }) => `${deployment.metadata.name}: ${homeless.length === 0 ? "runs" : "Pending"}`).join(", ")})`), problems: problems.flat() };
  } finally {
    await api.client.delete(namespace);
  }
}

/** The copies to try, each with what the proof says of the cluster with it. */
export function probesOf(cluster: Cluster, committed: readonly Committed[]): readonly Probe[] {
  const sets = committed.flatMap((each) => podSetsOf(builtOf(each)));
  const hungriest = committed.map(builtOf).flatMap(({ release, manifests }) => manifests.filter(({ kind }) => kind === "Deployment").map((deployment) => ({ release, deployment }))).sort((a, b) => hunger(b, sets) - hunger(a, sets))[0];
  if (hungriest === undefined) return [];
  const probe = (name: string, resources: Resources | undefined): Probe => {
    const deployment = copyOf(hungriest.deployment, name, resources);
    const more = podSetsOf({ release: hungriest.release, manifests: [deployment], findings: [] });
    return { deployment, homeless: pack(cluster, [...sets, ...more]).unplaced.map((set) => set.name) };
  };
  const largest = Math.max(...cluster.nodes.map(({ memory }) => bytesOf(memory)));
  const asItIs = probe("as-it-is", undefined);
  // One of the others may be named in the copy's place. What runs already stays, and that could not be seen here.
  const isDecided = asItIs.homeless.length > 0 && asItIs.homeless.every((name) => name === nameOf(asItIs));
  return [probe("small", { cpu: "1m", memory: "1Mi" }), ...(isDecided ? [asItIs] : []), probe("too-large", { cpu: "1m", memory: `${String(largest / 2 ** 20 + 1)}Mi` })];
}

/** How the proof calls the copy. */
const nameOf = ({ deployment }: Probe): string => `Deployment/${deployment.metadata.name}`;

function hunger({ release, deployment }: { readonly release: Release; readonly deployment: Manifest }, sets: readonly PodSet[]): number {
  const set = sets.find((each) => each.release === release && each.name === `Deployment/${deployment.metadata.name}`);
  const devices = Object.values(set?.requests.devices ?? {}).reduce((sum, count) => sum + count, 0);
  return devices * 2 ** 50 + (set?.requests.memory ?? 0);
}

/** What a copy asks for in place of what the workload asks for. */
interface Resources {
  readonly cpu: string;
  readonly memory: string;
}

/** One pod like those of a Deployment, of which the scheduler sees the same: without what only its kubelet and other people's priority would add. */
function copyOf(deployment: Manifest, name: string, resources: Resources | undefined): Manifest {
  const template = podTemplateOf(deployment)!;
  const labels = { "hearth-e2e": name };
  const spec: PodSpec = {
    ...bare(template.spec),
    containers: template.spec.containers.map(({ name: container, image, resources: own }, index) => ({
      name: container,
      image,
      resources: resources === undefined ? { ...own } : index === 0 ? { requests: { ...resources }, limits: { memory: resources.memory } } : {},
    })),
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace: namespace.metadata.name, name },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function bare({ nodeSelector, tolerations, runtimeClassName, affinity }: PodSpec): Omit<PodSpec, "containers"> {
  return Object.fromEntries(Object.entries({ nodeSelector, tolerations, runtimeClassName, affinity }).filter(([, value]) => value !== undefined));
}

const pod = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }),
  status: z.looseObject({ phase: z.string(), conditions: z.array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string().optional(), message: z.string().optional() })).default([]) }),
});

/** How the scheduler decides otherwise than the proof; nothing where the two agree. */
async function disagreement(client: RunningCluster["api"]["client"], probe: Probe): Promise<readonly string[]> {
  const { name } = probe.deployment.metadata;
  const decided = await until({ what: `the scheduler to decide on ${name}`, timeoutSeconds: 180, everyMilliseconds: 500 }, async () => {
    const pods = (await client.list("v1", "Pod", namespace.metadata.name)).map((object) => pod.parse(object));
    const own = pods.find(({ metadata }) => metadata.labels["hearth-e2e"] === name);
    const scheduled = own?.status.conditions.find(({ type }) => type === "PodScheduled");
    return scheduled === undefined ? undefined : { runs: scheduled.status === "True", message: scheduled.message ?? "" };
  });
  return differs(probe, decided);
}

/** What the scheduler decided on a copy's pod, and its words where it found no node. */
export interface Decision {
  readonly runs: boolean;
  readonly message: string;
}

/** Whether the pod that stays Pending is the one that the proof names, and none where it names none. */
export function differs(probe: Probe, { runs, message }: Decision): readonly string[] {
  const pending = runs ? [] : [nameOf(probe)];
  if (JSON.stringify(pending) === JSON.stringify(probe.homeless)) return [];
  return [`${probe.deployment.metadata.name}: the proof finds no node for ${probe.homeless.join(", ") || "nobody"}, and the scheduler for ${runs ? "nobody" : `${pending.join(", ")}: ${message}`}`];
}
