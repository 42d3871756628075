import { preciousBackedUp } from "../../engine/checks/releases/precious-backed-up";
import { threeCopies } from "../../engine/checks/releases/three-copies";
import { usualPlans } from "../../engine/model/backups";
import { keptStores } from "../../engine/model/copies";
import { bucket, precious, rebuildable } from "../../engine/model/needs";
import { kind } from "../../engine/model/distribution";
import { backupsOf, worldStoring } from "../infra/backups-of";

test("a precious store with a copy on the NAS and one away is kept well", () => {
  expect(threeCopies(worldStoring())).toEqual([]);
});

test("a gap names the store", () => {
  const findings = threeCopies(worldStoring({ data: precious("10Gi") }, { backups: backupsOf({ onsite: [] }) }));
  expect(findings.map((it) => [it.severity, it.rule, it.address, it.found])).toEqual([
    ["error", "three-copies", "one", "cluster state: 2 copies: itself, Google Cloud europe-west3"],
    ["error", "three-copies", "one/notes", "data: 2 copies: itself, Google Cloud europe-west3"],
  ]);
});

test("a place that Velero has no port at is no copy, and the way to one is told", () => {
  const [place] = backupsOf().onsite;
  const onsite = [{ ...place!, s3: { ...place!.s3!, ports: {} } }];
  const [finding, ...rest] = threeCopies(worldStoring({ data: precious("10Gi") }, { backups: backupsOf({ onsite }) }));
  expect([rest, finding?.address, finding?.found]).toEqual([[], "one/notes", "data: 2 copies: itself, Google Cloud europe-west3"]);
  expect(finding?.fix).toContain("a port for one in its `s3`");
});

test("what the plan gives to a tool that nothing runs is no copy either, and a warning", () => {
  const world = worldStoring({ photos: bucket(precious("10Gi")) });
  expect(keptStores(world).find(({ of }) => of.name === "photos")).toMatchObject({ written: false, copies: [{ where: "itself" }] });
  expect(preciousBackedUp(world).map((it) => [it.severity, it.address, it.found])).toEqual([
    ["warning", "one", "notes's photos: a precious bucket, which object-mirror would copy, and nothing runs it"],
  ]);
});

test("where nothing on the cluster carries the plan out, its store is named all the same", () => {
  const world = worldStoring({ data: precious("10Gi") }, { cluster: { provides: { backup: undefined } as never } });
  expect(
    keptStores(world)
      .filter(({ written }) => !written)
      .map(({ of, copies }) => [of.address, copies.length]),
  ).toEqual([["one/notes", 1]]);
  expect(preciousBackedUp(world).map((it) => it.found)).toEqual(["a precious store and no backup: notes's data"]);
});

test("a store that cannot be back in time is found", () => {
  const findings = threeCopies(worldStoring({ data: precious("20Ti") }));
  expect(findings.map((it) => [it.rule, it.found])).toEqual([["restore-in-time", "data: 68 h to read it back"]]);
});

test("what can be rebuilt has no copies, unless its plan says so, and then no promise", () => {
  const stores = { cache: rebuildable("10Gi") };
  expect(keptStores(worldStoring(stores)).map((it) => it.of.name)).toEqual(["cluster state"]);
  const plans = { ...usualPlans, velero: { ...usualPlans.velero, rebuildable: true } };
  expect(threeCopies(worldStoring(stores, { backups: backupsOf({ onsite: [], plans }) })).map((it) => it.address)).toEqual(["one"]);
});

test("buckets are mirrored, and Kind's clusters keep no state of their own", () => {
  const world = worldStoring({ photos: bucket(precious("10Gi")) }, { cluster: { distribution: kind() } });
  expect(keptStores(world).map((it) => [it.of.name, it.target.writer])).toEqual([["photos", "object-mirror"]]);
});
