import { createHash } from "node:crypto";
import type { RunningCluster } from "../cluster/start-cluster";
import { describeObject, fieldOf, type KubernetesObject } from "../kubernetes/object";
import { groups } from "../manifests/groups";
import type { Assertion } from "./assertion";

/** What a cluster holds of some objects: for each its state, in a word that changes when its content does. */
export type Snapshot = ReadonlyMap<string, string>;

/** Notes the state of the objects that manifests speak of. A hook is made anew at each sync, and left out. */
export async function snapshot({ api }: RunningCluster, objects: readonly KubernetesObject[]): Promise<Snapshot> {
  const wanted = new Set(objects.filter(({ metadata }) => fieldOf(metadata, "annotations", "argocd.argoproj.io/hook") === undefined).map(describeObject));
  const kinds = [...groups(objects, ({ apiVersion, kind }) => `${apiVersion} ${kind}`).values()].map((members) => members[0]!);
  const lists = await Promise.all(kinds.map(({ apiVersion, kind }) => api.client.list(apiVersion, kind)));
  return new Map(lists.flat().filter((object) => wanted.has(describeObject(object))).map((object) => [describeObject(object), stateOf(object)]));
}

/**
 * A generation counts changes of the specification alone. Kinds without one are compared by what they say, because their
 * version also counts what controllers write into the status: what a quota has used, that a claim is bound.
 */
export function stateOf({ metadata, ...content }: KubernetesObject): string {
  const generation = fieldOf(metadata, "generation");
  if (typeof generation === "number") return `${String(metadata.uid)} generation ${String(generation)}`;
  const { status: _status, ...said } = content;
  const { labels, annotations } = metadata;
  return `${String(metadata.uid)} content ${createHash("sha256").update(JSON.stringify({ labels, annotations, ...said })).digest("hex").slice(0, 12)}`;
}

/** A second sync has changed nothing on a cluster. */
export function isUnchanged(cluster: string, before: Snapshot, after: Snapshot): Assertion {
  const changed = [...before].filter(([name, state]) => after.get(name) !== state).map(([name, state]) => `${name}: ${state}, then ${after.get(name) ?? "gone"}`);
  const missing = [...after.keys()].filter((name) => !before.has(name)).map((name) => `${name} appeared`);
  return { says: `${cluster}: a second sync changes none of ${String(before.size)} objects`, problems: [...changed, ...missing] };
}
