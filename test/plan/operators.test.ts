import type { Manifest } from "../../engine/model/manifest";
import { changed } from "../../tools/control-plane/plan/objects";
import { planOfRelease } from "../../tools/control-plane/plan/sides";

const saidOf = (before: Manifest, after: Manifest) => planOfRelease([before], [after]).units.flatMap((unit) => unit.consequences);
const custom = (apiVersion: string, kind: string, spec: Readonly<Record<string, unknown>>): Manifest => ({ apiVersion, kind, metadata: { name: "it", namespace: "case" }, spec });

const cephCluster = custom("ceph.rook.io/v1", "CephCluster", { dataDirHostPath: "/var/lib/rook", mon: { count: 3 }, cephVersion: { image: "quay.io/ceph/ceph:v20.2.3" } });

test("a CephCluster that would destroy its disks, forget its monitors or have fewer of them puts data at risk", () => {
  const dangers: readonly (readonly [string, unknown])[] = [
    ["spec.cleanupPolicy.confirmation", "yes-really-destroy-data"],
    ["spec.dataDirHostPath", "/elsewhere"],
    ["spec.mon.count", 1],
    ["spec.storage.useAllDevices", true],
  ];
  for (const [path, value] of dangers) expect(saidOf(cephCluster, changed(cephCluster, path, value))).toContainEqual(expect.objectContaining({ rule: "ceph", effect: "data at risk", field: path }));
});

test("a CephCluster with more monitors, or a patch of Ceph, only has its daemons changed", () => {
  expect(saidOf(cephCluster, changed(cephCluster, "spec.mon.count", 5))).toMatchObject([{ rule: "operator", effect: "restart" }]);
  expect(saidOf(cephCluster, changed(cephCluster, "spec.cephVersion.image", "quay.io/ceph/ceph:v20.2.4"))).toMatchObject([{ rule: "operator", effect: "restart" }]);
});

test("a pool with fewer copies puts data at risk, and one that belongs elsewhere moves it", () => {
  const pool = custom("ceph.rook.io/v1", "CephBlockPool", { failureDomain: "host", replicated: { size: 3 } });
  expect(saidOf(pool, changed(pool, "spec.replicated.size", 2))).toMatchObject([{ effect: "data at risk", field: "spec.replicated.size" }]);
  expect(saidOf(pool, changed(pool, "spec.replicated.size", 4))).toMatchObject([{ effect: "live change", rule: "applied" }]);
  expect(saidOf(pool, changed(pool, "spec.failureDomain", "osd"))).toMatchObject([{ effect: "live change", rule: "ceph" }]);
});

test("samples that are kept for less long are deleted", () => {
  const prometheus = custom("monitoring.coreos.com/v1", "Prometheus", { retention: "30d", retentionSize: "80GiB" });
  expect(saidOf(prometheus, changed(prometheus, "spec.retention", "2w"))).toContainEqual(expect.objectContaining({ rule: "kept-value", effect: "data at risk" }));
  expect(saidOf(prometheus, changed(prometheus, "spec.retentionSize", "40GiB"))).toContainEqual(expect.objectContaining({ rule: "kept-value", effect: "data at risk" }));
  expect(saidOf(prometheus, changed(prometheus, "spec.retention", "60d"))).toMatchObject([{ rule: "operator", effect: "restart" }]);
});

test("what an operator's template asks for is not what its claims have: they fill up at their old size", () => {
  const space = "spec.storage.volumeClaimTemplate.spec.resources.requests.storage";
  const prometheus = custom("monitoring.coreos.com/v1", "Prometheus", { storage: { volumeClaimTemplate: { spec: { storageClassName: "local-path", resources: { requests: { storage: "20Gi" } } } } } });
  expect(saidOf(prometheus, changed(prometheus, space, "40Gi"))).toContainEqual(expect.objectContaining({ rule: "operated-claims", effect: "outage", says: expect.stringContaining("local-path lets no volume grow") }));
  expect(saidOf(prometheus, changed(prometheus, space, "10Gi"))).toContainEqual(expect.objectContaining({ rule: "operated-claims", effect: "outage" }));
  const growing: Manifest = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "local-path" }, provisioner: "it", allowVolumeExpansion: true };
  expect(planOfRelease([prometheus, growing], [changed(prometheus, space, "40Gi"), growing]).units.flatMap((unit) => unit.consequences)).toContainEqual(expect.objectContaining({ says: expect.stringContaining("kubectl patch pvc") }));
  expect(saidOf(prometheus, changed(prometheus, "spec.replicas", 2)).map(({ rule }) => rule)).not.toContain("operated-claims");
});

test("a generated secret that is generated again opens nothing that the old one locked", () => {
  const generated = custom("external-secrets.io/v1", "ExternalSecret", { refreshPolicy: "CreatedOnce", target: { name: "key" }, dataFrom: [{ sourceRef: { generatorRef: { kind: "Password", name: "key" } } }] });
  expect(saidOf(generated, changed(generated, "spec.refreshPolicy", "Periodic"))).toMatchObject([{ rule: "kept-value", effect: "data at risk" }]);
  expect(saidOf(generated, changed(generated, "metadata.labels", { team: "lab" }))).toMatchObject([{ effect: "live change" }]);
  const fetched = changed(generated, "spec.dataFrom", []);
  expect(saidOf(fetched, changed(fetched, "spec.refreshPolicy", "Periodic"))).toMatchObject([{ effect: "live change" }]);
});

test("a volume of git's own is deleted with its claim only once it says so, and its source never changes", () => {
  const volume: Manifest = { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "share" }, spec: { persistentVolumeReclaimPolicy: "Retain", nfs: { server: "nas", path: "/share" } } };
  expect(saidOf(volume, changed(volume, "spec.persistentVolumeReclaimPolicy", "Delete"))).toMatchObject([{ rule: "volume", effect: "data at risk" }]);
  expect(saidOf(volume, changed(volume, "spec.nfs.path", "/other"))).toMatchObject([{ rule: "volume", effect: "data at risk", refused: true }]);
  expect(saidOf(volume, changed(volume, "spec.mountOptions", ["hard"]))).toMatchObject([{ effect: "live change" }]);
});

test("a certificate that loses a name fails its visitors, and a signer everybody whom it signed for", () => {
  const certificate = custom("cert-manager.io/v1", "Certificate", { dnsNames: ["a.lab", "b.lab"], secretName: "tls" });
  expect(saidOf(certificate, changed(certificate, "spec.dnsNames", ["a.lab"]))).toMatchObject([{ rule: "certificate", effect: "outage" }]);
  expect(saidOf(certificate, changed(certificate, "spec.secretName", "other"))).toMatchObject([{ rule: "certificate", effect: "live change" }]);
  const signer = changed(certificate, "spec.isCA", true);
  expect(saidOf(signer, changed(signer, "spec.duration", "1h"))).toMatchObject([{ rule: "certificate", effect: "outage" }]);
});

test("a webhook that must answer holds writes up, and one that may fail does not", () => {
  const webhook: Manifest = { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration", metadata: { name: "it" }, webhooks: [{ name: "check.it", failurePolicy: "Ignore" }] };
  expect(saidOf(webhook, changed(webhook, "webhooks.0.failurePolicy", "Fail"))).toMatchObject([{ rule: "webhook" }]);
  expect(saidOf(webhook, changed(webhook, "webhooks.0.timeoutSeconds", 5))).toMatchObject([{ rule: "applied" }]);
});

test("a project that permits more opens, and one that permits less holds syncs up", () => {
  const project = custom("argoproj.io/v1alpha1", "AppProject", { sourceRepos: ["one"], clusterResourceWhitelist: [{ group: "", kind: "Namespace" }] });
  expect(saidOf(project, changed(project, "spec.sourceRepos", ["one", "two"]))).toMatchObject([{ rule: "argocd", opens: true }]);
  expect(saidOf(project, changed(project, "spec.clusterResourceWhitelist", []))).toMatchObject([{ rule: "argocd", says: expect.stringContaining("permits no more Namespace") }]);
});

test("an operator that is told to run nothing stops everything", () => {
  const prometheus = custom("monitoring.coreos.com/v1", "Prometheus", { replicas: 1 });
  expect(saidOf(prometheus, changed(prometheus, "spec.replicas", 0))).toContainEqual(expect.objectContaining({ rule: "operator", effect: "outage", field: "spec.replicas" }));
  expect(saidOf(prometheus, changed(prometheus, "spec.replicas", 2))).toMatchObject([{ effect: "restart" }]);
  const gateway = custom("ceph.rook.io/v1", "CephObjectStore", { gateway: { instances: 2 } });
  expect(saidOf(gateway, changed(gateway, "spec.gateway.instances", 0))).toContainEqual(expect.objectContaining({ effect: "outage" }));
});

test("an operator's template on another class leaves volumes where they are, and without one its pods keep nothing", () => {
  const claim = { volumeClaimTemplate: { spec: { storageClassName: "local-path", resources: { requests: { storage: "20Gi" } } } } };
  const prometheus = custom("monitoring.coreos.com/v1", "Prometheus", { storage: claim });
  expect(saidOf(prometheus, changed(prometheus, "spec.storage.volumeClaimTemplate.spec.storageClassName", "ceph"))).toContainEqual(expect.objectContaining({ rule: "operated-claims", effect: "live change", says: expect.stringContaining("stay on local-path") }));
  expect(saidOf(prometheus, changed(prometheus, "spec.storage", undefined))).toContainEqual(expect.objectContaining({ rule: "operated-claims", effect: "outage", field: "spec.storage" }));
});

describe("Velero's copies", () => {
  const schedule = custom("velero.io/v1", "Schedule", { schedule: "0 1 * * *", template: { ttl: "2160h0m0s", includedNamespaces: ["notes", "photos"], snapshotVolumes: true, snapshotMoveData: true } });
  const location = custom("velero.io/v1", "BackupStorageLocation", { provider: "gcp", objectStorage: { bucket: "copies" }, accessMode: "ReadWrite" });

  test.each([
    ["spec.paused", true, "outage"],
    ["spec.template.includedNamespaces", ["notes"], "outage"],
    ["spec.template.snapshotMoveData", false, "outage"],
    ["spec.template.ttl", "24h0m0s", "live change"],
    ["spec.template.storageLocation", "nas", "live change"],
  ])("a schedule whose %s becomes %j: %s", (path, value, effect) => {
    expect(saidOf(schedule, changed(schedule, path, value))).toMatchObject([{ rule: "backups", effect }]);
  });

  test("a schedule that copies more or for longer is an ordinary change", () => {
    for (const [path, value] of [["spec.template.ttl", "4320h0m0s"], ["spec.template.includedNamespaces", ["notes", "photos", "music"]]] as const) expect(saidOf(schedule, changed(schedule, path, value))).toMatchObject([{ rule: "applied" }]);
  });

  test("copies that are looked for elsewhere are not found", () => {
    expect(saidOf(location, changed(location, "spec.objectStorage.bucket", "others"))).toMatchObject([{ rule: "backups", effect: "data at risk", field: "spec.objectStorage.bucket" }]);
    expect(saidOf(location, changed(location, "spec.accessMode", "ReadOnly"))).toMatchObject([{ rule: "applied" }]);
  });
});

test("secrets that come from elsewhere are named, and a store's other settings are not", () => {
  const store = custom("external-secrets.io/v1", "ClusterSecretStore", { provider: { gcpsm: { projectID: "one" } } });
  expect(saidOf(store, changed(store, "spec.provider.gcpsm.projectID", "two"))).toMatchObject([{ rule: "secret-store", effect: "outage" }]);
  expect(saidOf(store, changed(store, "spec.refreshInterval", 60))).toMatchObject([{ rule: "applied" }]);
});

test("a schedule that leaves out what is in the volumes says so", () => {
  const schedule = custom("velero.io/v1", "Schedule", { schedule: "0 1 * * *", template: { snapshotVolumes: true } });
  expect(saidOf(schedule, changed(schedule, "spec.template.snapshotVolumes", false))).toMatchObject([{ rule: "backups", effect: "outage", field: "spec.template.snapshotVolumes" }]);
});

test("what the vault keeps may be overwritten or go along only where that is said", () => {
  const push = custom("external-secrets.io/v1alpha1", "PushSecret", { updatePolicy: "IfNotExists", deletionPolicy: "None", refreshInterval: "1h" });
  expect(saidOf(push, changed(push, "spec.updatePolicy", "Replace"))).toMatchObject([{ rule: "kept-value", effect: "data at risk", field: "spec.updatePolicy" }]);
  expect(saidOf(push, changed(push, "spec.deletionPolicy", "Delete"))).toMatchObject([{ rule: "kept-value", effect: "data at risk", field: "spec.deletionPolicy" }]);
  expect(saidOf(push, changed(push, "spec.refreshInterval", "2h"))).toMatchObject([{ rule: "applied" }]);
});

test("a pool that gives up a range moves whoever has an address of it, and one more range moves nobody", () => {
  const pool = custom("metallb.io/v1beta1", "IPAddressPool", { addresses: ["192.0.2.10-192.0.2.20"] });
  expect(saidOf(pool, changed(pool, "spec.addresses", ["192.0.2.10-192.0.2.15"]))).toMatchObject([{ rule: "address-pool", effect: "outage" }]);
  expect(saidOf(pool, changed(pool, "spec.addresses", ["192.0.2.10-192.0.2.20", "192.0.2.40-192.0.2.50"]))).toMatchObject([{ rule: "applied" }]);
});

test("snapshots that go with their objects are said", () => {
  const policy = (deletionPolicy: string): Manifest => ({ apiVersion: "snapshot.storage.k8s.io/v1", kind: "VolumeSnapshotClass", metadata: { name: "it" }, driver: "d", deletionPolicy });
  expect(saidOf(policy("Retain"), policy("Delete"))).toMatchObject([{ rule: "storage-class", effect: "data at risk" }]);
  expect(saidOf(policy("Delete"), policy("Retain"))).toMatchObject([{ rule: "applied" }]);
});

test("an address that no pool has any more is lost, and one that another pool takes over is not", () => {
  const addresses = (name: string, ...ranges: readonly string[]): Manifest => ({ apiVersion: "metallb.io/v1beta1", kind: "IPAddressPool", metadata: { name, namespace: "case" }, spec: { addresses: ranges } });
  const said = (before: readonly Manifest[], after: readonly Manifest[]) => planOfRelease(before, after).units.flatMap((unit) => unit.consequences).filter(({ rule }) => rule === "address-pool");
  expect(said([addresses("lan", "192.0.2.0/28")], [addresses("lan", "192.0.2.0-192.0.2.9")])).toMatchObject([{ effect: "outage", says: expect.stringContaining("192.0.2.10-192.0.2.15") }]);
  expect(said([addresses("lan", "192.0.2.1-192.0.2.9"), addresses("entry", "192.0.2.0-192.0.2.0")], [addresses("lan", "192.0.2.1-192.0.2.4", "192.0.2.6-192.0.2.9"), addresses("entry", "192.0.2.0", "192.0.2.5")])).toMatchObject([{ effect: "live change", says: expect.stringContaining("192.0.2.5 belongs to another pool") }]);
  expect(said([addresses("lan", "192.0.2.1-192.0.2.9")], [addresses("lan", "192.0.2.1-192.0.2.4", "192.0.2.5-192.0.2.9")])).toEqual([]);
});

test("an operator that is paused replaces no pods", () => {
  const prometheus = custom("monitoring.coreos.com/v1", "Prometheus", { replicas: 1 });
  expect(saidOf(prometheus, changed(prometheus, "spec.paused", true))).toMatchObject([{ effect: "live change", field: "spec.paused" }]);
});

test("a generator's words are missed by nobody once they are said, and a schedule's copies are", () => {
  const gone = (it: Manifest) => planOfRelease([it, custom("v1", "ConfigMap", {})], [custom("v1", "ConfigMap", {})]).units.flatMap((unit) => unit.consequences);
  expect(gone(custom("generators.external-secrets.io/v1alpha1", "Password", { length: 32 }))).toMatchObject([{ effect: "live change" }]);
  expect(gone(custom("velero.io/v1", "Schedule", { schedule: "0 3 * * *" }))).toMatchObject([{ effect: "outage", says: expect.stringContaining("no more backups") }]);
});

test("a fetched secret that goes is missed by whoever still names it, and by nobody else", () => {
  const fetched = custom("external-secrets.io/v1", "ExternalSecret", { target: { name: "url" } });
  const reads = (name: string) => custom("monitoring.coreos.com/v1", "AlertmanagerConfig", { receivers: [{ webhookConfigs: [{ urlSecret: { name, key: "value" } }] }] });
  const gone = (left: Manifest, it = fetched) => planOfRelease([it, left], [left]).units.flatMap((unit) => unit.consequences);
  expect(gone(reads("url"))).toMatchObject([{ effect: "outage", says: expect.stringContaining("AlertmanagerConfig it still names") }]);
  expect(gone(reads("other"))).toMatchObject([{ effect: "live change", says: expect.stringContaining("nobody") }]);
  expect(gone(reads("url"), changed(fetched, "spec.target.creationPolicy", "Orphan"))).toMatchObject([{ effect: "live change", says: expect.stringContaining("stays") }]);
});

test("the vault keeps what was pushed unless the object says that it goes along", () => {
  const push = custom("external-secrets.io/v1alpha1", "PushSecret", { deletionPolicy: "None" });
  const left = custom("v1", "ConfigMap", {});
  const gone = (it: Manifest) => planOfRelease([it, left], [left]).units.flatMap((unit) => unit.consequences);
  expect(gone(push)).toMatchObject([{ effect: "live change", says: expect.stringContaining("the vault keeps") }]);
  expect(gone(changed(push, "spec.deletionPolicy", "Delete"))).toMatchObject([{ effect: "data at risk" }]);
});

test("copies in a place that Velero is told of no more are out of its sight, and other hours of copying are said", () => {
  const left = custom("v1", "ConfigMap", {});
  expect(planOfRelease([custom("velero.io/v1", "BackupStorageLocation", {}), left], [left]).units.flatMap((unit) => unit.consequences)).toMatchObject([{ rule: "pruned", effect: "data at risk" }]);
  const schedule = custom("velero.io/v1", "Schedule", { schedule: "0 1 * * *", template: { ttl: "720h0m0s" } });
  expect(saidOf(schedule, changed(schedule, "spec.schedule", "0 1 * * 0"))).toMatchObject([{ effect: "live change", says: 'copies are made at "0 1 * * 0" from now on, and no more at "0 1 * * *"' }]);
  expect(saidOf(schedule, changed(schedule, "metadata.labels", { team: "lab" }))).toMatchObject([{ rule: "applied" }]);
});

describe("what comes in from the internet", () => {
  const access = (team: string) => ({ originRequest: { access: { required: true, teamName: team, audTag: ["one"] } } });
  const rule = (hostname: string, more: object = {}) => ({ hostname, service: "http://chat", ...more });
  const tunnel = (...ingress: readonly object[]): Manifest => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "tunnel", namespace: "case" }, data: { "config.yaml": JSON.stringify({ ingress: [...ingress, { service: "http_status:404" }] }) } });
  const said = (before: Manifest, after: Manifest) => saidOf(before, after).filter(({ rule: name }) => name === "tunnel").map(({ effect, opens, says }) => `${opens ? "! " : ""}${effect}: ${says}`);

  test("where nobody asks any more who they are, everybody is let in", () => {
    expect(said(tunnel(rule("chat.lab", access("lab"))), tunnel(rule("chat.lab")))).toEqual(["! live change: from the internet, everybody reaches chat.lab: nobody asks any more who they are"]);
    expect(said(tunnel(rule("chat.lab")), tunnel(rule("chat.lab", access("lab"))))).toEqual(["live change: from the internet, only whom Cloudflare Access of lab lets in reaches chat.lab"]);
  });

  test("one name more opens, one less is an outage, and another who asks refuses whom the old one let in", () => {
    expect(said(tunnel(), tunnel(rule("chat.lab", access("lab"))))).toEqual(["! live change: from the internet, whom Cloudflare Access of lab lets in reaches chat.lab"]);
    expect(said(tunnel(rule("chat.lab")), tunnel())).toEqual(["outage: from the internet, chat.lab is reached no more"]);
    expect(said(tunnel(rule("chat.lab", access("lab"))), tunnel(rule("chat.lab", access("other"))))[0]).toMatch(/^outage: chat\.lab: another application of Cloudflare Access of other/);
    expect(said(tunnel(rule("chat.lab")), tunnel(rule("chat.lab", { service: "http://vault" })))).toEqual(["! live change: from the internet, chat.lab leads to http://vault"]);
  });

  test("other configuration says nothing of the internet", () => {
    const other = (text: string): Manifest => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it", namespace: "case" }, data: { "config.yaml": text } });
    expect(said(other("ingress:\n  - hostname: a\n"), other("a: 1\n"))).toEqual([]);
    expect(said(tunnel(rule("chat.lab")), changed(tunnel(rule("chat.lab")), "metadata.labels", { team: "lab" }))).toEqual([]);
  });
});
