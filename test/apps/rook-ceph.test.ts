import { Testing } from "cdk8s";
import type { z } from "zod";
import { cephCsi } from "../../apps/rook-ceph/ceph-csi";
import { usableBytes } from "../../apps/rook-ceph/disks";
import { externalCephBlock, externalCephShared, rookBlock, rookBucket, rookShared } from "../../apps/rook-ceph/provides";
import { rookCeph } from "../../apps/rook-ceph/rook-ceph";
import { cephRunbook } from "../../apps/rook-ceph/runbook";
import { nodeOn, type Cluster } from "../../engine/model/cluster";
import type { Disk, Host } from "../../engine/model/host";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { bucket, precious, rebuildable, shared } from "../../engine/model/needs";
import { place, type Placement } from "../../engine/model/placement";
import { resolve } from "../../engine/model/resolve";
import { appOf, builtOf, clusterOf, hostOf, labOf, worldOf } from "../lab-of";
import { checkRules, failedCase, type Case } from "../rules/promtool";
import { describeWithGo } from "../rules/with-go";

type Settings = z.input<typeof rookCeph.settings>;

const disk = (id: string, rest: Partial<Disk> = {}): Disk => ({ id, size: "1000Gi", media: "nvme", use: "ceph", ...rest });

/** Machines with a system disk, and what each gives to Ceph. */
const hostsWith = (...forCeph: readonly (readonly Disk[])[]): readonly Host[] =>
  forCeph.map((disks, index) => hostOf({ name: `one-${index + 1}`, last: 11 + index, disks: [disk(`system-${index + 1}`, { use: "system" }), ...disks] }));

const threeHosts = hostsWith([disk("a-1"), disk("b-1")], [disk("a-2"), disk("b-2")], [disk("a-3"), disk("b-3")]);
const oneHost = hostsWith([disk("a-1"), disk("b-1")]);

const user = appOf({ name: "user", needs: { stores: { mine: precious("10Gi"), ours: shared(precious("20Gi")), files: bucket(rebuildable("5Gi")) } } });

const clusterWith = (hosts: readonly Host[], ...runs: readonly Placement[]): Cluster =>
  clusterOf({
    nodes: hosts.map((host, index) => nodeOn(host, { network: "lan", role: index === 0 ? "control-plane" : "worker" })),
    provides: { storage: { precious: rookBlock(), rebuildable: rookBlock(), shared: rookShared() }, buckets: rookBucket() },
    runs,
  });

const objectsOn = (hosts: readonly Host[], ...runs: readonly Placement[]): readonly Manifest[] =>
  builtOf(worldOf({ hosts, clusters: [clusterWith(hosts, ...runs)] })).flatMap(({ manifests }) => manifests);

const rookOn = (hosts: readonly Host[], settings: Settings): readonly Manifest[] => objectsOn(hosts, place(rookCeph, { settings }));
const threeNodes: Settings = { shape: "three-node" };

const mistakesIn = (hosts: readonly Host[], settings: Settings): readonly string[] =>
  resolve(labOf({ hosts, clusters: [clusterWith(hosts, place(rookCeph, { settings }))] })).findings.map(({ rule }) => rule);

const kindOf = (objects: readonly Manifest[], kind: string): readonly Manifest[] => objects.filter((it) => it.kind === kind);
const named = (objects: readonly Manifest[], kind: string, name: string): Manifest | undefined => kindOf(objects, kind).find(({ metadata }) => metadata.name === name);

describe("disks", () => {
  test("only those that the description names are taken, by a name that no reboot changes", () => {
    const [ceph] = kindOf(rookOn(threeHosts, threeNodes), "CephCluster");
    const storage = fieldOf(ceph, "spec", "storage");
    expect(storage).toMatchObject({ useAllNodes: false, useAllDevices: false });
    expect(fieldOf(storage, "nodes")).toEqual(["1", "2", "3"].map((n) => ({ name: `one-${n}`, devices: [{ name: `/dev/disk/by-id/a-${n}` }, { name: `/dev/disk/by-id/b-${n}` }] })));
    expect(JSON.stringify(storage)).not.toMatch(/deviceFilter|system-/);
  });

  test("the setting narrows them, and a host without any of them carries nothing", () => {
    const objects = rookOn(threeHosts, { shape: "single-node", disks: ["a-2", "b-2"] });
    expect(JSON.stringify(kindOf(objects, "CephCluster"))).toContain("a-2");
    expect(JSON.stringify(kindOf(objects, "CephCluster"))).not.toMatch(/one-1|one-3/);
  });

  test("nothing in git wipes a disk", () => {
    expect(JSON.stringify(rookOn(threeHosts, threeNodes))).not.toMatch(/cleanupPolicy|really-destroy/);
  });

  test("a disk that no host has, or that is the system's, is refused", () => {
    expect(mistakesIn(threeHosts, { ...threeNodes, disks: ["a-1", "a-2", "a-4"] })).toEqual(["ceph-disk-known"]);
    expect(mistakesIn(threeHosts, { ...threeNodes, disks: ["a-1", "a-2", "system-3"] })).toEqual(["ceph-disk-known"]);
  });

  test("a disk that is named twice, or described on two hosts, is refused", () => {
    expect(mistakesIn(threeHosts, { ...threeNodes, disks: ["a-1", "a-2", "a-3", "a-3"] })).toContain("ceph-disk-once");
    expect(mistakesIn(hostsWith([disk("a-1")], [disk("a-2")], [disk("a-2")]), threeNodes)).toContain("ceph-disk-once");
  });

  test("two Cephs on the same disks are refused", () => {
    const runs = [place(rookCeph, { settings: threeNodes }), place(rookCeph, { as: "second", settings: threeNodes })];
    expect(resolve(labOf({ hosts: threeHosts, clusters: [clusterWith(threeHosts, ...runs)] })).findings.map(({ rule }) => rule)).toContain("ceph-disk-once");
  });
});

describe("shape", () => {
  test("three nodes survive one of them", () => {
    const objects = rookOn(threeHosts, threeNodes);
    expect(fieldOf(kindOf(objects, "CephCluster")[0], "spec", "mon")).toEqual({ count: 3, allowMultiplePerNode: false });
    expect(kindOf(objects, "CephBlockPool").map(({ spec }) => spec)).toEqual([1, 2].map(() => expect.objectContaining({ failureDomain: "host", replicated: { size: 3, requireSafeReplicaSize: true } })));
  });

  test("a single node survives one of its disks", () => {
    const objects = rookOn(oneHost, { shape: "single-node" });
    expect(fieldOf(kindOf(objects, "CephCluster")[0], "spec", "mon", "count")).toBe(1);
    expect(fieldOf(named(objects, "CephBlockPool", "block"), "spec")).toMatchObject({ failureDomain: "osd", replicated: { size: 2 } });
  });

  test("one that the hosts cannot keep is refused", () => {
    expect(mistakesIn(threeHosts, threeNodes)).toEqual([]);
    expect(mistakesIn(threeHosts.slice(0, 2), threeNodes)).toContain("ceph-shape");
    expect(mistakesIn(threeHosts, { shape: "single-node" })).toContain("ceph-shape");
    expect(mistakesIn(hostsWith([]), { shape: "single-node" })).toEqual(["ceph-shape"]);
  });

  test("more copies than places for them are refused", () => {
    expect(mistakesIn(threeHosts, { ...threeNodes, replicas: 4 })).toEqual(["ceph-replicas"]);
    expect(mistakesIn(hostsWith([disk("a-1")]), { shape: "single-node" })).toEqual(["ceph-replicas"]);
    expect(mistakesIn(hostsWith([disk("a-1")]), { shape: "single-node", replicas: 1 })).toEqual([]);
  });

  test("monitors are odd in number, and no two share a host", () => {
    expect(mistakesIn(threeHosts, { ...threeNodes, monitors: 5 })).toEqual(["ceph-monitors"]);
    expect(mistakesIn(threeHosts, { ...threeNodes, monitors: 2 })).toHaveLength(1);
  });

  test("a kind of storage that the cluster promises and this does not make is refused", () => {
    expect(mistakesIn(threeHosts, { ...threeNodes, offers: ["block", "bucket"] })).toEqual(["ceph-offers"]);
  });
});

describe("capacity", () => {
  test.each([
    ["three equal hosts, three copies", [1000, 1000, 1000], 3, 1000],
    ["a host more than copies", [1000, 1000, 1000, 1000], 3, 4000 / 3],
    ["one host larger than all others: the rest of it stays empty", [4000, 1000], 2, 1000],
    ["two disks, two copies", [500, 1000], 2, 500],
    ["one copy", [500, 1000], 1, 1500],
    ["fewer places than copies", [1000, 1000], 3, 0],
  ])("%s", (_, domains, replicas, expected) => {
    expect(usableBytes(domains, replicas)).toBeCloseTo(expected);
  });

  test("what claims may add up to counts every copy, and stops where Ceph warns", () => {
    const [release] = worldOf({ hosts: threeHosts, clusters: [clusterWith(threeHosts, place(rookCeph, { settings: threeNodes }))] }).releases;
    expect(rookBlock().capacity?.(release!)).toBe(Math.floor(2000 * 2 ** 30 * 0.85));
  });
});

describe("what others are given", () => {
  const objects = objectsOn(threeHosts, place(rookCeph, { settings: threeNodes }), place(user));
  const classes = kindOf(objects, "StorageClass");

  test("every class exists that a claim names, and keeps what its claim leaves behind", () => {
    const asked = [...kindOf(objects, "PersistentVolumeClaim"), ...kindOf(objects, "ObjectBucketClaim")].map(({ spec }) => fieldOf(spec, "storageClassName"));
    expect(new Set(asked)).toEqual(new Set(classes.map(({ metadata }) => metadata.name)));
    expect(classes.map((it) => it["reclaimPolicy"])).toEqual(["Retain", "Retain", "Retain"]);
  });

  test("volumes can grow and be snapshotted", () => {
    const volumes = classes.filter((it) => String(it["provisioner"]).endsWith(".csi.ceph.com"));
    expect(volumes.map((it) => it["allowVolumeExpansion"])).toEqual([true, true]);
    expect(kindOf(objects, "VolumeSnapshotClass").map((it) => it["driver"])).toEqual(volumes.map((it) => it["provisioner"]));
    expect(kindOf(objects, "Driver").map(({ metadata }) => metadata.name)).toEqual(volumes.map((it) => it["provisioner"]));
  });

  test("what many mount at once is in the file system, what one mounts is a block device", () => {
    const claims = kindOf(objects, "PersistentVolumeClaim").map(({ spec }) => [fieldOf(spec, "storageClassName"), fieldOf(spec, "accessModes")]);
    expect(claims).toEqual(expect.arrayContaining([["rook-ceph-block", ["ReadWriteOnce"]], ["rook-cephfs", ["ReadWriteMany"]]]));
  });

  test("a bucket comes with its address and the keys that Rook writes, and holds no more than was asked for", () => {
    const [release] = worldOf({ hosts: threeHosts, clusters: [clusterWith(threeHosts, place(rookCeph, { settings: threeNodes }))] }).releases;
    const chart = Testing.chart();
    expect(rookBucket().provide({ chart, release: release! }, "photos", bucket(rebuildable("5Gi")))).toEqual({
      bucketName: "photos",
      endpoint: "rook-ceph-rgw-objects.rook-ceph.svc.cluster.local:80",
      insecure: true,
      region: "us-east-1",
      accessKey: { name: "photos", key: "AWS_ACCESS_KEY_ID" },
      secretKey: { name: "photos", key: "AWS_SECRET_ACCESS_KEY" },
    });
    expect(Testing.synth(chart)).toMatchObject([{ kind: "ObjectBucketClaim", spec: { bucketName: "photos", storageClassName: "rook-ceph-bucket", additionalConfig: { maxSize: "5Gi" } } }]);
  });
});

describe("who may what", () => {
  const objects = rookOn(threeHosts, threeNodes);
  const clusterWide = kindOf(objects, "ClusterRole").flatMap((role) => (fieldOf(role, "rules") as readonly unknown[]).map((rule) => ({ role: role.metadata.name, rule: JSON.stringify(rule) })));

  test("nobody lists the cluster's secrets, and nothing is allowed on everything", () => {
    expect(clusterWide).not.toEqual([]);
    const secrets = clusterWide.filter(({ rule }) => /"secrets"/.test(rule));
    expect(secrets.filter(({ rule }) => /"list"|"watch"/.test(rule))).toEqual([]);
    expect(clusterWide.filter(({ rule }) => rule.includes('"*"'))).toEqual([]);
  });

  test("the kernel's keys are of the kind that it knows", () => {
    expect(fieldOf(kindOf(objects, "CephCluster")[0], "spec", "security", "cephx", "csi", "keyType")).toBe("aes");
  });

  test("the admin's key is in no shell unless somebody asks for one", () => {
    expect(kindOf(objects, "Deployment").map(({ metadata }) => metadata.name)).not.toContain("rook-ceph-toolbox");
    expect(kindOf(rookOn(threeHosts, { ...threeNodes, toolbox: true }), "Deployment").map(({ metadata }) => metadata.name)).toContain("rook-ceph-toolbox");
  });

  test("the dashboard is the manager's that answers, not its standby's", () => {
    const services = kindOf(objects, "Service").filter(({ spec }) => fieldOf(spec, "selector", "mgr_role") !== undefined);
    expect(services.map(({ spec }) => fieldOf(spec, "selector"))).toEqual([expect.objectContaining({ app: "rook-ceph-mgr", mgr_role: "active" })]);
  });

  test("what the nodes' kernels mount reaches the disks' daemons, on every port that these may take", () => {
    const policies = kindOf(objects, "NetworkPolicy").filter(({ spec }) => fieldOf(spec, "podSelector", "matchLabels", "app") === "rook-ceph-osd");
    const rules = policies.flatMap(({ spec }) => (fieldOf(spec, "ingress") ?? []) as readonly unknown[]);
    const fromNodes = rules.filter((rule) => JSON.stringify(rule).includes("192.168.40.11/32"));
    expect(fromNodes.length).toBeGreaterThan(0);
    expect(fromNodes.flatMap((rule) => fieldOf(rule, "ports"))).toContainEqual(expect.objectContaining({ port: 6800, endPort: 7568 }));
  });
});

describe("runbook", () => {
  const book = cephRunbook(clusterWith(threeHosts, place(rookCeph, { settings: threeNodes }))) ?? "";

  test("names this cluster's hosts and disks, and no other disk", () => {
    for (const { id, use } of threeHosts.flatMap((host) => host.disks)) expect(book.includes(id)).toBe(use === "ceph");
    expect(book).toContain("cluster-cleanup-job-one-3");
  });

  test("a teardown retires before it destroys, and says yes on the cluster alone", () => {
    const [retire, confirm, remove] = ["retire(place(rookCeph", "yes-really-destroy-data", "delete cephcluster"].map((text) => book.indexOf(text));
    expect(retire).toBeGreaterThan(0);
    expect(confirm).toBeGreaterThan(retire!);
    expect(remove).toBeGreaterThan(confirm!);
  });

  test("a cluster without Rook has none", () => {
    expect(cephRunbook(clusterOf())).toBeUndefined();
  });
});

test("a Ceph outside the cluster stands behind the same needs", () => {
  const storage = { precious: externalCephBlock(), rebuildable: externalCephBlock(), shared: externalCephShared() };
  const settings = { monitors: ["192.168.40.5", "192.168.40.6"], network: "192.168.40.0/24", pool: "kubernetes", filesystem: "cephfs", key: "proxmox-ceph", capacity: "2Ti" } as const;
  const world = worldOf({ clusters: [clusterOf({ provides: { storage }, runs: [place(cephCsi, { settings }), place(user)] })] });
  const objects = builtOf(world).flatMap(({ manifests }) => manifests);
  const asked = kindOf(objects, "PersistentVolumeClaim").map(({ spec }) => fieldOf(spec, "storageClassName"));
  expect(new Set(asked)).toEqual(new Set(kindOf(objects, "StorageClass").map(({ metadata }) => metadata.name)));
  expect(fieldOf(kindOf(objects, "CephConnection")[0], "spec", "monitors")).toEqual(["192.168.40.5:6789", "192.168.40.6:6789"]);
  expect(storage.precious.capacity?.(world.releases[0]!)).toBe(2 * 2 ** 40);
  expect(kindOf(objects, "CephCluster")).toEqual([]);
});

describeWithGo("what it says of Ceph, asked of promtool", ["promtool"], () => {
  const [release] = worldOf({ hosts: threeHosts, clusters: [clusterWith(threeHosts, place(rookCeph, { settings: threeNodes }))] }).releases;
  const groups = release?.needs.watches?.rules ?? [];
  const quorum = (monitor: string): string => `ceph_mon_quorum_status{ceph_daemon="mon.${monitor}"}`;
  const cases: readonly Case[] = [
    {
      says: "with one of three monitors gone, the next one is told to be the last",
      alert: "CephMonitorQuorumAtRisk",
      series: { [quorum("a")]: "1x10", [quorum("b")]: "1x10", [quorum("c")]: "0x10" },
      at: "5m",
      fires: [{ severity: "critical" }],
    },
    { says: "three of three are enough", alert: "CephMonitorQuorumAtRisk", series: { [quorum("a")]: "1x10", [quorum("b")]: "1x10", [quorum("c")]: "1x10" }, at: "5m" },
    { says: "the only monitor of one host is not at risk by itself", alert: "CephMonitorQuorumAtRisk", series: { [quorum("a")]: "1x10" }, at: "5m" },
    { says: "a Ceph that nobody hears of is told", alert: "CephSilent", series: {}, at: "20m", fires: [{ severity: "critical" }] },
    { says: "a disk that stays away is named", alert: "CephOSDDown", series: { 'ceph_osd_up{ceph_daemon="osd.3"}': "0x20" }, at: "10m", fires: [{ ceph_daemon: "osd.3", severity: "warning" }] },
    { says: "a disk that comes back in time is not", alert: "CephOSDDown", series: { 'ceph_osd_up{ceph_daemon="osd.3"}': "0x3 1x20" }, at: "10m" },
    { says: "data without all its copies is told after two hours", alert: "CephDataDegraded", series: { 'ceph_pg_total{pool_id="1"}': "64x180", 'ceph_pg_clean{pool_id="1"}': "60x180" }, at: "150m", fires: [{ severity: "warning" }] },
  ];

  test("Prometheus accepts every rule", () => {
    expect(checkRules(groups)).toBe("");
  });

  test.each(cases)("$alert: $says", (it) => {
    expect(failedCase(groups, it)).toBe("");
  });
});
