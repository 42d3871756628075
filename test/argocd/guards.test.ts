import { guarded } from "../../engine/argocd/guards";
import type { Manifest } from "../../engine/model/manifest";
import { rebuildable } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { image } from "../../engine/model/image";
import { Workload } from "../../engine/workload/workload";
import { appOf } from "../lab-of";
import { hubAndSpoke, objectOf, syncedFrom, syncOptions } from "./hub";

const object = (apiVersion: string, kind: string, rest: object = {}): Manifest => ({ apiVersion, kind, metadata: { name: "it" }, ...rest });
const both = ["Delete=false", "Prune=false"];

const server = appOf({
  needs: { stores: { data: rebuildable("1Gi") } },
  build: (chart) => {
    new Workload(chart, "app", { image: image("docker.io/library/web", "1"), resources: { cpu: "1", memory: "1Gi" } });
  },
});
const synced = syncedFrom(hubAndSpoke([place(server)]));

test.each([
  ["v1", "PersistentVolumeClaim"],
  ["v1", "Namespace"],
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition"],
  ["ceph.rook.io/v1", "CephCluster"],
  ["postgresql.cnpg.io/v1", "Cluster"],
])("%s %s survives both its removal from git and its Application's deletion", (apiVersion, kind) => {
  expect(syncOptions(guarded(object(apiVersion, kind)))).toEqual(both);
});

test("what holds no data can be pruned", () => {
  expect(syncOptions(guarded(object("apps/v1", "Deployment")))).toEqual([]);
  // Another group's kind of the same name is another kind.
  expect(syncOptions(guarded(object("cluster.x-k8s.io/v1", "Cluster")))).toEqual([]);
});

test("a release's claim and namespace are guarded, its Deployment is not", () => {
  expect(syncOptions(objectOf(synced, "one/app", "PersistentVolumeClaim"))).toEqual(both);
  expect(syncOptions(objectOf(synced, "one/app", "Namespace"))).toEqual(both);
  expect(syncOptions(objectOf(synced, "one/app", "Deployment"))).toEqual([]);
});

test("a secret that was made in the cluster is guarded; one that the vault has is not", () => {
  const generated = object("external-secrets.io/v1", "ExternalSecret", { spec: { dataFrom: [{ sourceRef: { generatorRef: { kind: "Password", name: "it" } } }] } });
  const fetched = object("external-secrets.io/v1", "ExternalSecret", { spec: { data: [{ secretKey: "value", remoteRef: { key: "it" } }] } });
  expect(syncOptions(guarded(generated))).toEqual(both);
  expect(syncOptions(guarded(fetched))).toEqual([]);
});

test("Argo CD never prunes itself", () => {
  const own = synced.built.find(({ release }) => release.address === "hub/argocd")?.manifests ?? [];
  expect(own.length).toBeGreaterThan(5);
  expect(own.map(syncOptions).filter((options) => !both.every((option) => options.includes(option)))).toEqual([]);
});

test("Argo CD never prunes the cluster's CNI", () => {
  const cni = appOf({ name: "flannel", build: (chart) => void new Workload(chart, "flannel", { kind: "DaemonSet", image: image("docker.io/flannel/flannel", "1"), resources: { cpu: "1", memory: "1Gi" } }) });
  expect(syncOptions(objectOf(syncedFrom(hubAndSpoke([place(cni)])), "one/flannel", "DaemonSet"))).toEqual(both);
});

test("nothing that Argo CD is pointed at is pruned: a cluster's ApplicationSet leaves git before anything else of it", () => {
  const pointedAt = [...synced.folders].filter(([folder]) => folder.startsWith("argocd/")).flatMap(([, { manifests }]) => manifests);
  expect(pointedAt.length).toBeGreaterThan(5);
  expect(pointedAt.map(syncOptions)).toEqual(pointedAt.map(() => both));
});

test("a guard is added to the sync options that an object has", () => {
  const claim: Manifest = { ...object("v1", "PersistentVolumeClaim"), metadata: { name: "it", annotations: { "argocd.argoproj.io/sync-options": "Replace=true" } } };
  expect(syncOptions(guarded(claim))).toEqual(["Delete=false", "Prune=false", "Replace=true"]);
});
