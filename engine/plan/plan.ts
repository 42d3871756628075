import { fieldOf, type Manifest } from "../model/manifest";
import { podTemplateOf } from "../model/pod-template";
import { lossOf } from "../argocd/guards";
import { applicationVerdicts } from "./application-change";
import { applicationsOf, type Application } from "./application";
import type { Consequence, Context, Neighbourhood, ObjectChange } from "./change";
import { objectChanges } from "./changes";
import { consequencesOf } from "./consequences";
import { worst, type Effect } from "./effect";
import type { FieldChange } from "./field-change";
import { listAt } from "./list-at";
import { machineChanges } from "./outside/machines";
import type { OutsideChange } from "./outside/outside-change";
import { terraformChanges } from "./outside/terraform";
import type { Side } from "./side";

/** What becomes of one release, of what Argo CD is pointed at, or of something outside the clusters. */
export interface Unit {
  /** `forge/ollama`, `argocd`, `infra/gcp-backup`. */
  readonly address: string;
  readonly what: "release" | "argocd" | "outside";
  readonly how: "added" | "changed" | "removed" | "moved";
  /** Where it moved from. */
  readonly from?: string;
  /** The gravest of what happens to it. */
  readonly effect: Effect;
  readonly consequences: readonly Consequence[];
  readonly differences: readonly Difference[];
}

/** What differs in one object: for the last part of a report. */
export interface Difference {
  readonly path: string;
  readonly object: string;
  readonly how: "added" | "changed" | "removed";
  readonly fields: readonly FieldChange[];
  /** Of an object in a cluster, for whoever counts images. */
  readonly change?: ObjectChange;
}

/** Everything that going from one side to the other does, the gravest first. */
export interface Plan {
  readonly units: readonly Unit[];
}

/** Compares two sides of generated files. Pure: it asks no cluster and no git. */
export function planOf(before: Side, after: Side): Plan {
  const context: Context = { before: neighbourhoodOf(before), after: neighbourhoodOf(after) };
  const units = [...syncedUnits(context), ...outsideUnits([...terraformChanges(before, after), ...machineChanges(context)])];
  return { units: withMoves(units, context) };
}

function neighbourhoodOf(side: Side): Neighbourhood {
  const applications = applicationsOf(side);
  const byCluster = new Map<string, ReturnType<Neighbourhood["objectsOn"]>>();
  const objectsOn = (cluster: string) => {
    const known = byCluster.get(cluster);
    if (known !== undefined) return known;
    const all = [...applications.values()].filter((it) => it.cluster === cluster).flatMap(({ address, namespace, objects }) => [...objects.values()].map(({ manifest }) => ({ address, manifest, namespace: manifest.metadata.namespace ?? namespace })));
    byCluster.set(cluster, all);
    return all;
  };
  return { side, applications, objectsOn };
}

function syncedUnits(context: Context): readonly Unit[] {
  const changes = objectChanges(context);
  const addresses = [...new Set([...context.before.applications.keys(), ...context.after.applications.keys()])].sort();
  const byAddress = new Map<string, ObjectChange[]>();
  for (const change of changes) byAddress.set(change.address, [...(byAddress.get(change.address) ?? []), change]);
  return addresses.flatMap((address): readonly Unit[] => {
    const [old, now] = [context.before.applications.get(address), context.after.applications.get(address)];
    const own = byAddress.get(address) ?? [];
    const itself = applicationVerdicts(old, now, context).map((verdict) => ({ ...verdict, address, object: `Application ${(now ?? old)?.name ?? ""}`, rule: "application" }));
    const consequences = [...itself, ...own.flatMap((change) => consequencesOf(change, context))];
    if (consequences.length === 0) return [];
    return [{ address, what: (now ?? old)?.cluster === "" ? "argocd" : "release", how: howOf(old, now, own), effect: worst(consequences.map(({ effect }) => effect)), consequences, differences: own.map(differenceOf) }];
  });
}

const differenceOf = (change: ObjectChange): Difference => ({ path: change.path, object: change.object, how: change.before === undefined ? "added" : change.after === undefined ? "removed" : "changed", fields: change.fields, change });

/** A release whose folder still stands, but holds nothing besides its namespace and its data, is on its way out. */
function howOf(old: Application | undefined, now: Application | undefined, changes: readonly ObjectChange[]): Unit["how"] {
  if (old === undefined) return "added";
  if (now === undefined) return "removed";
  const left = [...now.objects.values()].every(({ manifest }) => lossOf(manifest) !== undefined && podTemplateOf(manifest) === undefined);
  return left && changes.some(({ before, after }) => before !== undefined && after === undefined) ? "removed" : "changed";
}

function outsideUnits(changes: readonly OutsideChange[]): readonly Unit[] {
  return [...new Set(changes.map(({ address }) => address))].map((address): Unit => {
    const own = changes.filter((change) => change.address === address);
    const consequences = own.flatMap(({ object, verdicts }) => verdicts.map((verdict) => ({ ...verdict, address, object })));
    return { address, what: "outside", how: "changed", effect: worst(consequences.map(({ effect }) => effect)), consequences, differences: own.map(({ path, object, fields, how }) => ({ path, object, fields, how })) };
  });
}

/** A release that leaves one cluster and comes to another under the same name has moved; what it stores has not. */
function withMoves(units: readonly Unit[], { before }: Context): readonly Unit[] {
  const leaving = units.filter(({ how, what }) => how === "removed" && what === "release");
  return units.map((unit) => {
    if (unit.how !== "added" || unit.what !== "release") return unit;
    const name = unit.address.split("/")[1];
    const from = leaving.find(({ address }) => address.split("/")[1] === name)?.address;
    if (from === undefined) return unit;
    const claims = [...(before.applications.get(from)?.objects.values() ?? [])].flatMap(({ manifest }) => claimsOf(manifest));
    const moved: Consequence = { address: unit.address, object: `Application ${unit.address}`, rule: "moved", effect: claims.length ? "outage" : "live change", says: `it moves from ${from}${claims.length ? `, and what it stores there (${claims.join(", ")}) does not: it starts empty` : ""}` };
    return { ...unit, how: "moved", from, effect: worst([unit.effect, moved.effect]), consequences: [moved, ...unit.consequences] };
  });
}

/** What an object keeps: a claim, or those that are made from its templates, by Kubernetes or an operator. */
function claimsOf(manifest: Manifest): readonly string[] {
  if (manifest.kind === "PersistentVolumeClaim") return [manifest.metadata.name];
  const templates = [...listAt(manifest, "spec", "volumeClaimTemplates"), ...[fieldOf(manifest, "spec", "storage", "volumeClaimTemplate")].filter((it) => it !== undefined)];
  return templates.length > 0 ? [`claims of ${manifest.kind} ${manifest.metadata.name}`] : [];
}
