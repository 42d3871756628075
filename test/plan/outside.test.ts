import { planOf } from "../../engine/plan/plan";
import { sideOf } from "../../engine/plan/side";

const stack = (resource: Readonly<Record<string, unknown>>, backend = "state") => JSON.stringify({ terraform: { backend: { gcs: { bucket: backend } } }, resource });
const saidOf = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) => planOf(sideOf(new Map(Object.entries(before))), sideOf(new Map(Object.entries(after)))).units.flatMap((unit) => unit.consequences);
const terraform = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) => saidOf({ "infra/out/gcp/cdk.tf.json": stack(before) }, { "infra/out/gcp/cdk.tf.json": stack(after) });

const bucket = { name: "copies", location: "EU", force_destroy: false, lifecycle: { prevent_destroy: true }, lifecycle_rule: [{ action: { type: "Delete" }, condition: { age: 30 } }], versioning: { enabled: true } };
const buckets = (more: Readonly<Record<string, unknown>> = {}) => ({ google_storage_bucket: { copies: { ...bucket, ...more } } });

test("a bucket that leaves is destroyed with its objects", () => {
  expect(terraform(buckets(), {})).toMatchObject([{ address: "infra/gcp", object: "google_storage_bucket.copies", rule: "terraform", effect: "data at risk" }]);
});

test("a bucket elsewhere is made anew, and prevent_destroy stops the run", () => {
  expect(terraform(buckets(), buckets({ location: "US" }))).toMatchObject([{ effect: "data at risk", field: "location", refused: true }]);
});

test.each([
  ["force_destroy", true],
  ["lifecycle", { prevent_destroy: false }],
  ["lifecycle_rule", [{ action: { type: "Delete" }, condition: { age: 7 } }]],
  ["versioning", { enabled: false }],
])("a bucket whose %s no longer holds puts its objects at risk", (field, value) => {
  expect(terraform(buckets(), buckets({ [field]: value }))).toContainEqual(expect.objectContaining({ effect: "data at risk" }));
});

test("a bucket's labels change in place, and objects that are kept longer are safe", () => {
  expect(terraform(buckets(), buckets({ labels: { owner: "lab" }, lifecycle_rule: [{ action: { type: "Delete" }, condition: { age: 90 } }] }))).toMatchObject([{ effect: "live change" }]);
});

test("an account under another name is made anew", () => {
  const account = (id: string) => ({ google_service_account: { velero: { account_id: id } } });
  expect(terraform(account("velero"), account("backups"))).toMatchObject([{ effect: "recreate", field: "account_id" }]);
  expect(terraform(account("velero"), {})).toMatchObject([{ effect: "outage" }]);
});

test("a machine that loses or shrinks a disk loses what is on it, and one that gets more memory does not", () => {
  const machine = (more: Readonly<Record<string, unknown>>) => ({ proxmox_virtual_environment_vm: { one: { vm_id: 1, memory: 8, disk: [{ interface: "scsi0", size: 40 }, { interface: "scsi1", size: 100 }], ...more } } });
  expect(terraform(machine({}), machine({ disk: [{ interface: "scsi0", size: 40 }] }))).toMatchObject([{ effect: "data at risk" }]);
  expect(terraform(machine({}), machine({ disk: [{ interface: "scsi0", size: 20 }, { interface: "scsi1", size: 100 }] }))).toMatchObject([{ effect: "data at risk", refused: true }]);
  expect(terraform(machine({}), machine({ vm_id: 2 }))).toMatchObject([{ effect: "data at risk", field: "vm_id" }]);
  expect(terraform(machine({}), machine({ memory: 16 }))).toMatchObject([{ effect: "live change" }]);
});

test("a stack whose state is looked for elsewhere would make everything twice", () => {
  expect(saidOf({ "infra/out/gcp/cdk.tf.json": stack({}) }, { "infra/out/gcp/cdk.tf.json": stack({}, "other") })).toMatchObject([{ effect: "outage" }]);
});

test("names that the router forgets lead nowhere, and new ones are only added", () => {
  const zone = (...names: readonly string[]) => ({ "infra/out/dns/unbound.conf": names.map((name) => `  local-data: "${name}. 300 IN A 192.0.2.1"\n`).join("") });
  expect(saidOf(zone("a.lab", "b.lab"), zone("a.lab"))).toMatchObject([{ address: "infra/dns", effect: "outage", says: expect.stringContaining("b.lab") }]);
  expect(saidOf(zone("a.lab"), zone("a.lab", "b.lab"))).toMatchObject([{ effect: "live change" }]);
});

test("a Kind cluster is made anew by hand, and k3s starts again on its node", () => {
  expect(saidOf({ "infra/out/kind/air.yaml": "nodes: 1\n" }, { "infra/out/kind/air.yaml": "nodes: 2\n" })).toMatchObject([{ address: "air/kind", effect: "data at risk" }]);
  expect(saidOf({ "infra/out/k3s/pi/pi-1.yaml": "a: 1\n" }, { "infra/out/k3s/pi/pi-1.yaml": "a: 2\n" })).toMatchObject([{ address: "pi/pi-1", effect: "restart" }]);
  expect(saidOf({}, { "infra/out/kind/air.yaml": "nodes: 1\n" })).toMatchObject([{ effect: "live change" }]);
});

test("what k3s reads only where a cluster begins does not come by starting again", () => {
  const node = (pods: string, label = "a") => ({ "infra/out/k3s/pi/pi-1.yaml": `cluster-cidr:\n  - ${pods}\nnode-label:\n  - ${label}\n` });
  expect(saidOf(node("10.13.0.0/16"), node("10.23.0.0/16"))).toMatchObject([{ address: "pi/pi-1", effect: "data at risk", field: "cluster-cidr" }]);
  const domain = (name: string) => ({ "infra/out/k3s/pi/pi-1.yaml": `cluster-domain: ${name}\n` });
  expect(saidOf(domain("cluster.local"), domain("pi.local"))).toMatchObject([{ effect: "outage", field: "cluster-domain" }]);
  expect(saidOf(node("10.13.0.0/16"), node("10.13.0.0/16", "b"))).toMatchObject([{ effect: "restart" }]);
});
