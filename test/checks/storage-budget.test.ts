import { storageBudget } from "../../engine/checks/manifests/storage-budget";
import type { Built } from "../../engine/model/built";
import { bucket, precious, rebuildable, templated, type Needs } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { bytesOf } from "../../engine/model/quantity";
import { storageClass } from "../../engine/workload/storage-class";
import { appOf, clusterOf, testProviders, worldOf } from "../lab-of";
import { object } from "./objects";

const ceph = storageClass({ backedBy: "ceph", storageClassName: "block", accessModes: ["ReadWriteOnce"], nodeLocal: false, snapshots: true, capacity: () => bytesOf("100Gi") });
const built = (...stores: readonly NonNullable<Needs["stores"]>[]): readonly Built[] => {
  const runs = [place(appOf({ name: "ceph" })), ...stores.map((own, index) => place(appOf({ name: `app-${index}`, needs: { stores: own }, makes: "members" in own ? [{ component: "member", labels: {}, count: 3, requests: { cpu: "1m", memory: "1Mi" }, claims: { members: ["a", "b", "c"] } }] : [] })))];
  const provides = { storage: { ...testProviders.storage, precious: ceph }, buckets: { provide: testProviders.buckets?.provide ?? (() => ({}) as never), backedBy: "ceph" } };
  return worldOf({ clusters: [clusterOf({ runs, provides })] }).releases.map((release) => ({ release, manifests: [], findings: [] }));
};
const found = (...stores: readonly NonNullable<Needs["stores"]>[]) => storageBudget(built(...stores)).map(({ address, found: what }) => `${address}: ${what}`);

test("each claim may fit, and all together not", () => {
  expect(found({ data: precious("60Gi") }, { data: precious("30Gi") })).toEqual([]);
  expect(found({ data: precious("60Gi") }, { data: precious("50Gi") })).toEqual(["one: 110Gi claimed of ceph, most by app-0's data (60Gi), app-1's data (50Gi)"]);
});

test("buckets fill the same disks, and a controller claims for each of its pods", () => {
  expect(found({ data: precious("60Gi"), files: bucket(precious("50Gi")) })).toHaveLength(1);
  expect(found({ members: templated(precious("34Gi")) })).toHaveLength(1);
  expect(found({ members: templated(precious("33Gi")) })).toEqual([]);
});

test("a StatefulSet claims for each of its pods", () => {
  const withReplicas = (replicas: number) => {
    const set = object("StatefulSet", "app-0", { spec: { replicas, volumeClaimTemplates: [{ metadata: { name: "app-0-data" } }] } });
    return storageBudget(built({ data: templated(precious("30Gi")) }).map((it) => (it.release.name === "app-0" ? { ...it, manifests: [set] } : it))).map((it) => it.found);
  };
  expect(withReplicas(3)).toEqual([]);
  expect(withReplicas(4)).toEqual(["120Gi claimed of ceph, most by app-0's data (120Gi)"]);
});

test("what is on the nodes' own disks is not counted here", () => {
  expect(found({ data: rebuildable("400Gi") })).toEqual([]);
});
