import { precious, rebuildable } from "../../engine/model/needs";
import type { Prices } from "../../engine/model/price";
import { infraFiles } from "../../infra/files";
import { bytesInTiers } from "../../infra/reports/tier-bytes";
import { backupTargets } from "../../engine/model/backup-target";
import { usualPlans } from "../../engine/model/backups";
import { labOf } from "../lab-of";
import { backupsOf, worldStoring } from "./backups-of";

const prices: Prices = {
  asOf: "2026-11-21",
  currency: "USD",
  storage: { STANDARD: 0.02, NEARLINE: 0.01, COLDLINE: 0.004, ARCHIVE: 0.0012 },
  fetching: 0.12,
  electricityPerKwh: 0.3,
  sources: ["https://prices.test.example"],
};
const world = worldStoring({ data: precious("100Gi"), cache: rebuildable("50Gi") });
const pages = infraFiles({ ...world.lab, prices });
const rowsOf = (page: string): readonly (readonly string[])[] =>
  (pages.get(`docs/generated/${page}.md`) ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test("every precious store is in the table, with its places, and nothing else is", () => {
  expect(
    rowsOf("backups")
      .slice(2)
      .map(([whose, what, , itself]) => [whose, what, itself]),
  ).toEqual([
    ["one", "cluster state", "nvme"],
    ["one/notes", "data", "nvme"],
  ]);
});

test("the table says what may be lost, and how long it takes to be back", () => {
  const data = rowsOf("backups").find(([, what]) => what === "data");
  // 100 GiB at 300 an hour from the NAS, and at 38 from away.
  expect(data?.slice(4)).toEqual(["nas (hdd, 20 min)", "Google Cloud europe-west3 (cloud, 3 h)", "1d", "20 min", "24h"]);
});

test("a bucket costs what it holds in each class", () => {
  const [snapshots] = backupTargets(world);
  // 200 MiB four times a day for 30 days: all of it warm.
  expect([...bytesInTiers(snapshots!)].map(([tier, bytes]) => [tier, bytes / 2 ** 30])).toEqual([["STANDARD", 0.1953125 * 4 * 30]]);
  const dumps = { ...snapshots!, writer: "database-dumps", plan: { ...usualPlans["database-dumps"], keep: "200d" } } as const;
  expect([...bytesInTiers(dumps)].map(([tier, bytes]) => [tier, bytes / 2 ** 30 / 0.1953125])).toEqual([
    ["STANDARD", 30],
    ["NEARLINE", 60],
    ["COLDLINE", 110],
  ]);
});

test("the page of costs bears the prices' date, adds up, and counts what machines draw", () => {
  const text = pages.get("docs/generated/costs.md") ?? "";
  expect(text).toContain("At prices of 2026-11-21, in USD");
  const velero = rowsOf("costs").find(([name]) => name === "test-one-velero");
  // 100 GiB, and two of them changed each day, for 90 days and the 30 that old versions stay.
  expect(velero?.slice(1)).toEqual(["340 GiB standard", "6.80", "12.00"]);
});

test("a machine without known watts is named, and a virtual one draws none of its own", () => {
  const page = infraFiles({ ...labOf(), prices }).get("docs/generated/costs.md") ?? "";
  expect(page).toContain("Without known watts: one-1, one-2.");
});

test("without prices there is no page of costs, without backups none of copies", () => {
  expect([...infraFiles(labOf()).keys()].filter((path) => path.startsWith("docs/"))).toEqual([]);
  expect([...infraFiles(worldStoring({}, { backups: backupsOf() }).lab).keys()].filter((path) => path.startsWith("docs/"))).toEqual([
    "docs/generated/backups.md",
  ]);
});
