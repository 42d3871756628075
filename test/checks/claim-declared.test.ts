import { claimDeclared } from "../../engine/checks/manifests/claim-declared";
import type { Built } from "../../engine/model/built";
import type { Manifest } from "../../engine/model/manifest";
import { precious, rebuildable, templated, type Needs } from "../../engine/model/needs";
import { place, type Adopt } from "../../engine/model/placement";
import { appOf, worldRunning } from "../lab-of";
import { object } from "./objects";

const found = (stores: Needs["stores"], manifest: Manifest, adopt?: Adopt) => {
  const world = worldRunning(place(appOf({ needs: stores ? { stores } : {} }), adopt ? { adopt } : {}));
  const built = world.releases.map((release): Built => ({ release, manifests: [manifest], findings: [] }));
  return claimDeclared(built).map((it) => it.found);
};
const claim = (name: string): Manifest => object("PersistentVolumeClaim", name, { spec: {} });
const database = (template: string): Manifest => ({ ...object("StatefulSet", "db"), spec: { volumeClaimTemplates: [{ metadata: { name: template } }] } });
const operated: Manifest = { ...object("Cluster", "db"), apiVersion: "postgresql.cnpg.io/v1", spec: { storage: { volumeClaimTemplate: {} } } };

test("a volume that nobody asked for is found, whoever makes its claim", () => {
  expect(found(undefined, claim("data"))).toEqual(["PersistentVolumeClaim/data claims a volume, and no store of the release is kept there"]);
  expect(found({ data: precious("1Gi") }, claim("data"))).toHaveLength(1);
  expect(found(undefined, database("data"))).toEqual(["StatefulSet/db claims a volume, data, and no store of the release is kept there"]);
  expect(found({ cache: rebuildable("1Gi") }, operated)).toEqual(["Cluster/db claims a volume, and no store of the release is kept there"]);
});

test("the claims of stores are quiet, under the names that adoption gives them as well", () => {
  expect(found({ data: precious("1Gi") }, claim("app-data"))).toEqual([]);
  expect(found({ data: precious("1Gi") }, claim("old-data"), { names: { "PersistentVolumeClaim/app-data": "old-data" } })).toEqual([]);
  expect(found({ data: templated(precious("1Gi")) }, database("app-data"))).toEqual([]);
  expect(found({ data: templated(precious("1Gi")) }, operated)).toEqual([]);
});
