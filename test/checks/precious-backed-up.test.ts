import { preciousBackedUp } from "../../engine/checks/releases/precious-backed-up";
import { precious, rebuildable } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { backupsOf, nas } from "../infra/backups-of";
import { appOf, clusterOf, twoHosts, worldOf, worldRunning } from "../lab-of";

const app = appOf({ needs: { stores: { notes: precious("1Gi"), cache: rebuildable("1Gi") } } });

test("precious stores of a cluster without backup are one warning", () => {
  const [finding] = preciousBackedUp(
    worldOf({ clusters: [clusterOf({ runs: [place(app), place(app, { as: "b" })], provides: { backup: undefined } })] }),
  );
  expect(finding).toMatchObject({ severity: "warning", address: "one", found: "2 precious stores and no backup: app's notes, b's notes" });
});

test("where the lab says where copies go, a cluster that brings none there is an error", () => {
  const bare = clusterOf({ runs: [place(app)], provides: { backup: undefined } });
  expect(preciousBackedUp(worldOf({ hosts: [...twoHosts, nas], backups: backupsOf(), clusters: [bare] }))).toMatchObject([{ severity: "error", found: "a precious store and no backup: app's notes" }]);
  expect(preciousBackedUp(worldOf({ hosts: [...twoHosts, nas], backups: backupsOf(), clusters: [clusterOf({ runs: [place(app)] })] }))).toEqual([]);
});

test("a database's volume is copied while it is written: without dumps that is told, whether the lab has a plan or not", () => {
  const database = appOf({ name: "notes", needs: { stores: { data: precious("1Gi") }, exposes: { sql: { port: 5432, scheme: "tcp", reach: "cluster", speaks: "postgres" } } } });
  const expected = { severity: "warning", address: "one", found: "notes's data: a precious database, which database-dumps would copy, and nothing runs it" };
  expect(preciousBackedUp(worldRunning(place(database)))).toMatchObject([expected]);
  expect(preciousBackedUp(worldOf({ hosts: [...twoHosts, nas], backups: backupsOf(), clusters: [clusterOf({ runs: [place(database)] })] }))).toMatchObject([expected]);
});

test("with a backup provider there is nothing to warn of", () => {
  expect(preciousBackedUp(worldRunning(place(app)))).toEqual([]);
});
