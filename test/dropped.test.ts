import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { droppedFolders } from "../engine/dropped";
import { nothing } from "../engine/emit/tree";
import { retire } from "../engine/model/cluster";
import type { Lab } from "../engine/model/lab";
import { place } from "../engine/model/placement";
import { appOf, clusterOf, labOf } from "./lab-of";

const root = mkdtempSync(join(tmpdir(), "dropped-"));
for (const folder of ["attic/notes", "attic/argocd-manager", "loft/notes", "loft/argocd-manager", "loft/priority-classes"]) mkdirSync(join(root, "dist", folder), { recursive: true });
afterAll(() => rmSync(root, { recursive: true }));

const notes = place(appOf({ name: "notes" }));
const attic = clusterOf({ name: "attic", retired: [retire(notes, { because: "moved", app: "orphan", data: "keep" })] });
const found = (lab: Lab) => droppedFolders(root, { ...nothing, tree: new Map([["dist/attic/other/namespace.yaml", ""]]) }, lab).map(({ rule, address }) => `${rule} ${address}`);

test("a cluster that leaves the lab is one finding, with a way to mean it", () => {
  expect(found(labOf({ clusters: [attic] }))).toEqual(["cluster-retired loft"]);
  expect(found(labOf({ clusters: [attic], retired: [{ name: "loft", because: "sold" }] }))).toEqual([]);
});

test("a release that leaves a cluster is one, and the way in of an Argo CD that goes is none", () => {
  const bare = clusterOf({ name: "attic" });
  expect(found(labOf({ clusters: [bare], retired: [{ name: "loft", because: "sold" }] }))).toEqual(["release-retired attic/notes"]);
});
