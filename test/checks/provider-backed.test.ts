import { providerBacked } from "../../engine/checks/releases/provider-backed";
import { k3s } from "../../engine/model/distribution";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, testProviders, worldOf } from "../lab-of";

const ingress = { ...testProviders.ingress!, backedBy: "traefik" };

test("a provider whose app does not run on its cluster is found", () => {
  const findings = providerBacked(worldOf({ clusters: [clusterOf({ provides: { ingress } })] }));
  expect(findings.map((it) => it.found)).toEqual(["provides.ingress is backed by traefik, which is not placed on one"]);
});

test("backups of storage whose snapshots nobody makes are found, and without backups nobody asks for one", () => {
  const storage = { ...testProviders.storage, precious: { ...testProviders.storage["precious"]!, snapshots: true, snapshotsBackedBy: "snapshotter" } };
  const found = (cluster: Parameters<typeof clusterOf>[0]) => providerBacked(worldOf({ clusters: [clusterOf(cluster)] })).map((it) => it.found);
  expect(found({ provides: { storage } })).toEqual(["a snapshot of provides.storage.precious is backed by snapshotter, which is not placed on one"]);
  expect(found({ provides: { storage, backup: undefined } })).toEqual([]);
  expect(found({ provides: { storage }, runs: [place(appOf({ name: "snapshotter" }))] })).toEqual([]);
});

test("an app that is placed, or that the distribution brings, backs its provider", () => {
  const placed = clusterOf({ provides: { ingress }, runs: [place(appOf({ name: "traefik" }))] });
  expect(providerBacked(worldOf({ clusters: [placed, clusterOf({ name: "two", provides: { ingress }, distribution: k3s() })] }))).toEqual([]);
});
