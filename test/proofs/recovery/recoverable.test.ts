import type { Built } from "../../../engine/model/built";
import type { Manifest } from "../../../engine/model/manifest";
import { bucket, generated, precious, templated, type Needs } from "../../../engine/model/needs";
import { place } from "../../../engine/model/placement";
import { recoverable } from "../../../engine/proofs/recovery/recoverable";
import { intervalOf } from "../../../engine/proofs/recovery/schedules";
import { bucketMirror } from "../../../engine/capabilities/backup/bucket-mirror";
import { localPath } from "../../../engine/capabilities/storage/local-path";
import { k3s } from "../../../engine/model/distribution";
import type { Made } from "../../../engine/model/makes";
import { object } from "../../checks/objects";
import { appOf, builtOf, clusterOf, testProviders, worldOf } from "../../lab-of";
import { worldStoring } from "../../infra/backups-of";
import { synthesisOf } from "../../labs";

const velero = (kind: string, name: string, spec: object): Manifest => ({ apiVersion: "velero.io/v1", kind, metadata: { name, namespace: "velero" }, spec });
const away = velero("BackupStorageLocation", "default", { default: true });
const drill = object("CronJob", "drill", { metadata: { name: "drill", namespace: "velero", labels: { "app.kubernetes.io/component": "drill" } }, spec: {} });
const schedule = (template: object = {}, spec: object = {}): Manifest =>
  velero("Schedule", "notes", {
    schedule: "0 1 * * *",
    template: { includedNamespaces: ["notes"], includedNamespaceScopedResources: ["persistentvolumeclaims", "pods"], storageLocation: "default", defaultVolumesToFsBackup: true, snapshotVolumes: false, ...template },
    ...spec,
  });

interface Setting {
  readonly backup?: readonly Manifest[];
  readonly needs?: Needs;
  readonly makes?: readonly Made[];
  readonly own?: readonly Manifest[];
}

/** What is found of an app that keeps notes, beside a Velero with these objects. */
function found({ backup = [away, drill, schedule()], needs = { stores: { data: precious("1Gi") } }, makes = [], own }: Setting = {}): readonly string[] {
  const provides = { backup: { backedBy: "velero", runs: ["velero"] as const, protect: () => undefined, parts: () => [] }, storage: { ...testProviders.storage, precious: localPath(k3s()) } };
  const world = worldOf({ clusters: [clusterOf({ provides, runs: [place(appOf({ name: "velero" })), place(appOf({ name: "notes", needs, makes }))] })] });
  const built = builtOf(world).map((it): Built => (it.release.name === "velero" ? { ...it, manifests: backup } : own ? { ...it, manifests: own } : it));
  return recoverable(built, world).map(({ found: what }) => what);
}

test("the lab's own precious stores can all come back", () => {
  const { built, world } = synthesisOf("lab");
  expect(recoverable(built, world)).toEqual([]);
});

test("what a schedule copies off site with its content, every day, and a drill restores, is quiet", () => {
  expect(found()).toEqual([]);
});

describe("a precious bucket that is mirrored", () => {
  const world = worldStoring({ photos: bucket(precious("1Gi")) }, { cluster: { provides: { mirror: bucketMirror({ projectNumber: "1" }) } } });
  const built = builtOf(world);
  const changed = (change: (text: string) => string): readonly string[] => {
    const other = built.map((it): Built => ({ ...it, manifests: it.manifests.map((manifest) => (manifest.kind === "CronJob" ? (JSON.parse(change(JSON.stringify(manifest))) as Manifest) : manifest)) }));
    return recoverable(other, world).map(({ found: what }) => what);
  };

  test("is copied away as often as the plan says, and drilled", () => {
    expect(recoverable(built, world)).toEqual([]);
  });

  test.each([
    ["a mirror that runs seldom", (text: string) => text.replace('"0 0 * * *"', '"0 0 * * 0"'), "stores.photos: no job copies it to test-one-object-mirror every 1d"],
    ["a mirror that leaves it out", (text: string) => text.replace("source_photos:notes-photos", "source_others:x"), "stores.photos: no job copies it to test-one-object-mirror every 1d"],
    ["one that stays in the house", (text: string) => text.replace("offsite:test-one-object-mirror", "near_nas:objects"), "stores.photos: no job copies it to test-one-object-mirror every 1d"],
    ["a drill that is switched off", (text: string) => text.replace('"schedule":"30 5 * * *"', '"suspend":true,"schedule":"30 5 * * *"'), "stores.photos: copies, and no drill that reads them back"],
  ])("%s is a gap", (_, change, gap) => {
    expect(changed(change)).toContain(gap);
  });
});

test.each([
  ["no schedule", [away, drill], "no schedule copies namespace notes"],
  ["one for another namespace", [away, drill, schedule({ includedNamespaces: ["other"] })], "no schedule copies namespace notes"],
  ["one that is paused", [away, drill, schedule({}, { paused: true })], "no schedule copies namespace notes"],
  ["one that leaves claims out", [away, drill, schedule({ includedNamespaceScopedResources: ["pods"] })], "no schedule copies namespace notes"],
  ["one that copies claims without files, of storage without snapshots", [away, drill, schedule({ defaultVolumesToFsBackup: false, snapshotVolumes: true, snapshotMoveData: true })], "notes copy its claim without what is in it"],
  ["one that copies files without the pods that carry them", [away, drill, schedule({ includedNamespaceScopedResources: ["persistentvolumeclaims"] })], "notes copy its claim without what is in it"],
  ["one that stays in the house", [away, drill, schedule({ storageLocation: "nas" })], "notes stay in the house"],
  ["one that is rarer than the plan", [away, drill, schedule({}, { schedule: "0 1 * * 0" })], "notes run every 168 h"],
  ["one of which nobody knows when it runs", [away, drill, schedule({}, { schedule: "0 1 1 * *" })], "notes run irregularly"],
])("%s is a gap that names the store", (_, backup, gap) => {
  expect(found({ backup })).toEqual([`stores.data: ${gap}`]);
});

test("a backup without a drill is a hope", () => {
  expect(found({ backup: [away, schedule()] })).toEqual(["backups, and no drill that restores one"]);
  expect(found({ backup: [away, schedule(), { ...drill, spec: { suspend: true } }] })).toHaveLength(1);
});

describe("a claim that a controller makes", () => {
  const needs = { stores: { data: templated(precious("1Gi")) } };
  const member = (more: Partial<Made>): Made => ({ component: "member", labels: { role: "member" }, count: 1, requests: { cpu: "1m", memory: "1Mi" }, ...more });

  test("must be declared", () => {
    expect(found({ needs })).toEqual(["stores.data: a controller makes its claims, and nothing says which"]);
    expect(found({ needs, makes: [member({ claims: { data: ["data-0"] } })] })).toEqual([]);
  });

  test("is copied where it is", () => {
    expect(found({ needs, makes: [member({ namespace: "elsewhere", claims: { data: ["data-0"] } })] })).toEqual(["stores.data: no schedule copies namespace elsewhere"]);
  });
});

test("what guards the data is kept in the vault", () => {
  const needs = { stores: { data: precious("1Gi") }, secrets: { dataKey: generated({ guards: true }) } };
  const push = object("PushSecret", "notes-data-key", { spec: { selector: { secret: { name: "notes-data-key" } } } });
  expect(found({ needs, own: [] })).toEqual(["secrets.dataKey guards stores.data, and nothing keeps it off site"]);
  expect(found({ needs, own: [push] })).toEqual([]);
});

test.each([
  ["0 1 * * *", 86_400],
  ["@every 6h0m0s", 21_600],
  ["@daily", 86_400],
  ["15 */4 * * *", 14_400],
  ["5 * * * *", 3600],
  ["*/10 * * * *", 600],
  ["0 3 * * 6", 604_800],
  ["0 1,13 * * *", undefined],
])("%s runs every %s seconds", (expression, seconds) => {
  expect(intervalOf(expression)).toBe(seconds);
});
