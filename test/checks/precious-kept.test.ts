import { preciousKept } from "../../engine/checks/manifests/precious-kept";
import type { Built } from "../../engine/model/built";
import { precious, rebuildable } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, builtOf, clusterOf, worldOf } from "../lab-of";
import { object } from "./objects";

/** What is found of an app with one store, whose cluster's backup promises a copy in another release. */
function found(store: ReturnType<typeof precious>, copy: readonly ReturnType<typeof object>[]) {
  const backup = { backedBy: "backup", runs: ["velero"] as const, protect: () => undefined, parts: () => [{ does: "copy" as const, address: "one/backup", object: "Schedule/notes" }] };
  const world = worldOf({ clusters: [clusterOf({ provides: { backup }, runs: [place(appOf({ name: "backup" })), place(appOf({ name: "notes", needs: { stores: { data: store } } }))] })] });
  return preciousKept(builtOf(world).map((it): Built => (it.release.name === "backup" ? { ...it, manifests: copy } : it))).map(({ address, found: what }) => `${address}: ${what}`);
}

test("a part that the backup promises and nobody writes is named", () => {
  expect(found(precious("1Gi"), [])).toEqual(["one/notes: precious volumes, and no Schedule/notes in one/backup to copy them"]);
});

test("a part that is there and rests does nothing", () => {
  expect(found(precious("1Gi"), [object("Schedule", "notes", { spec: { paused: true } })])).toEqual(["one/notes: precious volumes, and Schedule/notes in one/backup that would copy them rests"]);
  expect(found(precious("1Gi"), [object("Schedule", "notes", { spec: { suspend: true } })])).toHaveLength(1);
});

test("with all its parts, or with nothing precious, it is quiet", () => {
  expect(found(precious("1Gi"), [object("Schedule", "notes")])).toEqual([]);
  expect(found(rebuildable("1Gi"), [])).toEqual([]);
});
