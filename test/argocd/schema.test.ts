import { place } from "../../engine/model/placement";
import { schemasOn } from "../../engine/schema-findings";
import { appOf } from "../lab-of";
import { resolve } from "node:path";
import { hubAndSpoke, syncedFrom } from "./hub";

test("what Argo CD is pointed at, and what clusters get besides, is what their API servers take", () => {
  const world = hubAndSpoke([place(appOf({ crds: ["rook", "cert-manager"] }))]);
  const { built, folders } = syncedFrom(world);
  expect(folders.size).toBeGreaterThan(5);
  const schemas = schemasOn(world, resolve(__dirname, "../../imports"));
  expect(built.flatMap(({ release, manifests }) => schemas(release.cluster.name).check(release.address, manifests))).toEqual([]);
  expect([...folders].flatMap(([address, { cluster, manifests }]) => schemas(cluster).check(address, manifests))).toEqual([]);
});
