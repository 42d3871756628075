import type { RunningCluster } from "../cluster/start-cluster";
import { describeObject, fieldOf, type KubernetesObject } from "../kubernetes/object";
import { until } from "../processes/until";
import type { Assertion } from "./assertion";

/** A change that somebody made by hand on a cluster is undone by Argo CD alone. */
export async function handMadeChangeIsHealed(cluster: RunningCluster, workload: KubernetesObject): Promise<Assertion> {
  const says = `${cluster.under.name}: a hand-made change of ${describeObject(workload)} is healed`;
  const { client } = cluster.api;
  const labelled = { ...workload, spec: undefined };
  const before = await client.get(labelled);
  const image = imageOf(before);
  const [container] = containersOf(before);
  if (image === undefined || container === undefined) return { says, problems: [`it has no container to change`] };
  const containers = containersOf(before).map((each, index) => (index === 0 ? { ...each, image: "registry.invalid/changed-by-hand:1" } : each));
  await client.patch(labelled, { spec: { template: { spec: { containers } } } });
  try {
    await until({ what: "the change to be undone", timeoutSeconds: 60, everyMilliseconds: 500 }, async () => (imageOf(await client.get(labelled)) === image ? true : undefined));
    return { says, problems: [] };
  } catch (cause) {
    return { says, problems: [cause instanceof Error ? cause.message : String(cause)] };
  }
}

function containersOf(workload: KubernetesObject | undefined): readonly object[] {
  const containers = fieldOf(workload, "spec", "template", "spec", "containers");
  return Array.isArray(containers) ? containers.filter((container) => typeof container === "object" && container !== null) : [];
}

function imageOf(workload: KubernetesObject | undefined): unknown {
  return fieldOf(containersOf(workload)[0], "image");
}
