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

test("a plan that nothing on the cluster carries out is told, store by store", () => {
  const provides = { backup: undefined } as never;
  const findings = threeCopies(worldStoring({ data: precious("10Gi") }, { cluster: { provides } }));
  expect(findings.map((it) => [it.severity, it.address])).toEqual([["warning", "one/notes"]]);
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
