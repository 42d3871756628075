import { isWorse, type Effect } from "../../../engine/plan/effect";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import type { Standing } from "./standing";

/** What really happened to an object. */
export interface Seen {
  /** The least effect whose words tell it. */
  readonly effect: Effect;
  readonly refused: boolean;
  /** In words, for the report. */
  readonly what: readonly string[];
}

const workloads: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet"];
const dataKinds: readonly string[] = ["PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition"];
const usedKinds: readonly string[] = [...workloads, "CronJob", "Service", "Ingress"];

/** Compares what stood before with what stands after, for one object of a case. */
export function seenOf(name: string, before: Standing, after: Standing, refused: boolean): Seen {
  const [was, is] = [before.objects.get(name), after.objects.get(name)];
  const events: [Effect, string][] = [];
  if (was !== undefined && is === undefined) events.push([dataKinds.includes(was.kind) ? "data at risk" : usedKinds.includes(was.kind) ? "outage" : "live change", "deleted"]);
  if (was === undefined && is !== undefined) events.push(["live change", "made"]);
  if (was !== undefined && is !== undefined) events.push(...differences(was, is));
  if (was !== undefined && workloads.includes(was.kind)) events.push(...ofPods(before, after), ...ofClaims(before, after));
  if (was?.kind === "Service") events.push(...ofService(was, is, before, after));
  if (was?.kind === "CustomResourceDefinition" && before.served.some((version) => !after.served.includes(version))) events.push(["outage", "a version is served no more"]);
  const worst = events.reduce<Effect>((most, [effect]) => (isWorse(effect, most) ? effect : most), "nothing");
  return { effect: worst, refused, what: [...(refused ? ["refused"] : []), ...new Set(events.map(([, what]) => what))] };
}

function differences(was: KubernetesObject, is: KubernetesObject): readonly [Effect, string][] {
  if (was.metadata.uid !== is.metadata.uid) return [[dataKinds.includes(was.kind) ? "data at risk" : "recreate", "made anew"]];
  return said(was) === said(is) ? [] : [["live change", "changed"]];
}

/** What an object says, without what its controllers note on it. */
function said(object: KubernetesObject): string {
  const { metadata, status: _status, ...rest } = object;
  const { labels, annotations, finalizers } = metadata;
  const own = Object.entries(annotations ?? {}).filter(([key]) => !/^(deployment|deprecated|volume|pv)\./.test(key));
  return JSON.stringify([rest, labels, own, finalizers]);
}

function ofPods(before: Standing, after: Standing): readonly [Effect, string][] {
  const uids = ({ pods }: Standing) => pods.map((pod) => pod.metadata.uid);
  const gone = uids(before).filter((uid) => !uids(after).includes(uid));
  const come = uids(after).filter((uid) => !uids(before).includes(uid));
  if (before.pods.length > 0 && after.pods.length === 0) return [["outage", "no pod is left"]];
  if (gone.length > 0 && come.length > 0) return [["restart", `${String(gone.length)} pods replaced`]];
  return gone.length + come.length > 0 ? [["live change", `${String(before.pods.length)} pods, then ${String(after.pods.length)}`]] : [];
}

function ofClaims(before: Standing, after: Standing): readonly [Effect, string][] {
  const left = after.claims.map((claim) => claim.metadata.uid);
  const gone = before.claims.filter((claim) => !left.includes(claim.metadata.uid) && !before.objects.has(`PersistentVolumeClaim ${claim.metadata.namespace ?? ""}/${claim.metadata.name}`));
  return gone.length > 0 ? [["data at risk", `${gone.map((claim) => claim.metadata.name).join(", ")} deleted`]] : [];
}

function ofService(was: KubernetesObject, is: KubernetesObject | undefined, before: Standing, after: Standing): readonly [Effect, string][] {
  const answered = (standing: Standing) => (standing.endpoints.get(was.metadata.name) ?? []).length;
  const ports = (service: KubernetesObject | undefined) => JSON.stringify(listed(service, "spec", "ports").map((port) => fieldOf(port, "port")));
  const address = (service: KubernetesObject | undefined) => fieldOf(listed(service, "status", "loadBalancer", "ingress")[0], "ip");
  return [
    ...(answered(before) > 0 && answered(after) === 0 ? ([["outage", "nobody answers"]] as [Effect, string][]) : []),
    ...(is !== undefined && ports(was) !== ports(is) ? ([["outage", "another port"]] as [Effect, string][]) : []),
    ...(is !== undefined && address(was) !== undefined && address(was) !== address(is) ? ([["outage", "another address"]] as [Effect, string][]) : []),
  ];
}

function listed(object: unknown, ...path: readonly string[]): readonly unknown[] {
  const list = fieldOf(object, ...path);
  return Array.isArray(list) ? list : [];
}
