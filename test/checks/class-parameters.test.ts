import { objectNamed } from "../../engine/checks/manifests/object-named";
import type { Made } from "../../engine/model/makes";
import type { Manifest } from "../../engine/model/manifest";
import { appOf, builtFrom } from "../lab-of";
import { deployment, object } from "./objects";

const found = (objects: readonly Manifest[], makes: readonly Made[] = []) => objectNamed(builtFrom(objects, appOf({ makes })).built).map((it) => it.found);
const missing = (what: string, by = "StorageClass/it") => `${by} names ${what}, and nothing on one makes it`;

const inRook = (kind: string, name: string, spec: object = {}): Manifest => object(kind, name, { metadata: { name, namespace: "rook" }, spec });
const storageClass = (provisioner: string, parameters: object): Manifest => ({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "it" }, provisioner, parameters });
const snapshotClass = (driver: string, parameters: object): Manifest => ({ apiVersion: "snapshot.storage.k8s.io/v1", kind: "VolumeSnapshotClass", metadata: { name: "it" }, driver, parameters });

const [rbd, cephfs] = ["rook.rbd.csi.ceph.com", "rook.cephfs.csi.ceph.com"];
const filesystem = inRook("CephFilesystem", "shared", { dataPools: [{}, { name: "replicated" }] });
const rook = [inRook("CephCluster", "ceph"), inRook("Driver", rbd), inRook("Driver", cephfs), inRook("CephBlockPool", "block"), inRook("CephBlockPool", "builtin-mgr", { name: ".mgr" }), filesystem];

test.each<[string, Manifest]>([
  ["a pool", storageClass(rbd, { clusterID: "rook", pool: "block" })],
  ["a pool that is called otherwise in Ceph", storageClass(rbd, { clusterID: "rook", pool: ".mgr" })],
  ["a file system with its named pool", storageClass(cephfs, { clusterID: "rook", fsName: "shared", pool: "shared-replicated" })],
  ["a file system with its first pool", storageClass(cephfs, { clusterID: "rook", fsName: "shared", pool: "shared-data0" })],
  ["a pool under a name that is kept", storageClass(cephfs, { clusterID: "rook", fsName: "kept", pool: "own" })],
  ["a snapshot of the same Ceph", snapshotClass(rbd, { clusterID: "rook" })],
])("a class names what Ceph has: %s", (_, manifest) => {
  expect(found([...rook, inRook("CephFilesystem", "kept", { preservePoolNames: true, dataPools: [{ name: "own" }] }), manifest])).toEqual([]);
});

test.each<[string, Manifest, string]>([
  ["another Ceph", storageClass(rbd, { clusterID: "rok" }), "CephClusterID/rok"],
  ["a pool that nobody makes", storageClass(rbd, { clusterID: "rook", pool: "blocks" }), "CephPool/blocks in rook"],
  ["a pool by its object's name", storageClass(rbd, { clusterID: "rook", pool: "builtin-mgr" }), "CephPool/builtin-mgr in rook"],
  ["a data pool that nobody makes", storageClass(rbd, { clusterID: "rook", pool: "block", dataPool: "coded" }), "CephPool/coded in rook"],
  ["a file system that nobody makes", storageClass(cephfs, { clusterID: "rook", fsName: "share", pool: "shared-replicated" }), "CephFilesystem/share in rook"],
  ["a file system's pool without its file system", storageClass(cephfs, { clusterID: "rook", fsName: "shared", pool: "replicated" }), "CephPool/replicated in rook"],
  ["a driver that nobody runs", storageClass("rook-ceph.rbd.csi.ceph.com", { clusterID: "rook" }), "CSIDriver/rook-ceph.rbd.csi.ceph.com"],
  ["a snapshot's driver that nobody runs", snapshotClass("rbd.csi.ceph.com", {}), "CSIDriver/rbd.csi.ceph.com"],
  ["a snapshot of another Ceph", snapshotClass(rbd, { clusterID: "ceph" }), "CephClusterID/ceph"],
])("a class that names %s is found", (_, manifest, what) => {
  expect(found([...rook, manifest])).toEqual([missing(what, `${manifest.kind}/it`)]);
});

test("of a Ceph that runs elsewhere only its profile is known", () => {
  const profile = inRook("ClientProfile", "external");
  expect(found([inRook("Driver", rbd), profile, storageClass(rbd, { clusterID: "external", pool: "kubernetes" })])).toEqual([]);
  expect(found([inRook("Driver", rbd), profile, storageClass(rbd, { clusterID: "extern", pool: "kubernetes" })])).toEqual([missing("CephClusterID/extern")]);
});

test("buckets are in an object store, and Rook's operator stands in the namespace that the provisioner begins with", () => {
  const operator = { ...deployment({ name: "rook-ceph-operator" }), metadata: { name: "rook-ceph-operator", namespace: "rook" } };
  const buckets = (provisioner: string, objectStoreName: string) => storageClass(provisioner, { objectStoreName, objectStoreNamespace: "rook" });
  const here = [operator, inRook("CephObjectStore", "objects")];
  expect(found([...here, buckets("rook.ceph.rook.io/bucket", "objects")])).toEqual([]);
  expect(found([...here, buckets("rook.ceph.rook.io/bucket", "object")])).toEqual([missing("CephObjectStore/object in rook")]);
  expect(found([...here, buckets("other.ceph.rook.io/bucket", "objects")])).toEqual([missing("Deployment/rook-ceph-operator in other")]);
});

test("a driver may be Kubernetes' own, the distribution's, one that says so itself, or one that a controller is said to make", () => {
  const nfs = storageClass("nfs.csi.k8s.io", {});
  const made: Made = { component: "nfs", labels: {}, count: 1, requests: { cpu: "10m", memory: "10Mi" }, objects: ["CSIDriver/nfs.csi.k8s.io"] };
  expect(found([storageClass("kubernetes.io/no-provisioner", {}), storageClass("rancher.io/local-path", {})])).toEqual([]);
  expect(found([nfs, { apiVersion: "storage.k8s.io/v1", kind: "CSIDriver", metadata: { name: "nfs.csi.k8s.io" } }])).toEqual([]);
  expect(found([nfs], [made])).toEqual([]);
  expect(found([nfs])).toEqual([missing("CSIDriver/nfs.csi.k8s.io")]);
});

describe("Secrets that a driver is given", () => {
  const parameters = (what: string, name: string, namespace = "rook") => ({ [`csi.storage.k8s.io/${what}-secret-name`]: name, [`csi.storage.k8s.io/${what}-secret-namespace`]: namespace });
  const key = inRook("ExternalSecret", "key");

  test.each(["provisioner", "controller-expand", "controller-publish", "node-stage", "node-publish", "node-expand"])("%s", (what) => {
    expect(found([...rook, key, storageClass(rbd, parameters(what, "key"))])).toEqual([]);
    expect(found([...rook, key, storageClass(rbd, parameters(what, "kye"))])).toEqual([missing("Secret/kye in rook")]);
    expect(found([...rook, key, storageClass(rbd, parameters(what, "key", "app"))])).toEqual([missing("Secret/key")]);
  });

  test("and those of snapshots", () => {
    expect(found([...rook, key, snapshotClass(rbd, parameters("snapshotter", "key"))])).toEqual([]);
    expect(found([...rook, key, snapshotClass(rbd, parameters("snapshotter", "kye"))])).toEqual([missing("Secret/kye in rook", "VolumeSnapshotClass/it")]);
  });

  test("a template is filled in for each claim, and names none that could be looked for", () => {
    expect(found([...rook, storageClass(rbd, parameters("node-publish", "${pvc.name}", "${pvc.namespace}"))])).toEqual([]);
  });
});
