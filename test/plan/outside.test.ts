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

test("a stack that is written no more destroys nothing by itself", () => {
  expect(saidOf({ "infra/out/gcp/cdk.tf.json": stack(buckets()) }, {})).toMatchObject([{ address: "infra/gcp", object: "infra/out/gcp/cdk.tf.json", effect: "live change", says: expect.stringContaining("terraform destroy") }]);
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

test("a machine that loses or shrinks a disk loses what is on it, and one that gets more memory is only rebooted", () => {
  const machine = (more: Readonly<Record<string, unknown>>) => ({ proxmox_virtual_environment_vm: { one: { vm_id: 1, memory: 8, disk: [{ interface: "scsi0", size: 40 }, { interface: "scsi1", size: 100 }], ...more } } });
  expect(terraform(machine({}), machine({ disk: [{ interface: "scsi0", size: 40 }] }))).toMatchObject([{ effect: "data at risk" }]);
  expect(terraform(machine({}), machine({ disk: [{ interface: "scsi0", size: 20 }, { interface: "scsi1", size: 100 }] }))).toMatchObject([{ effect: "data at risk", refused: true }]);
  expect(terraform(machine({}), machine({ vm_id: 2 }))).toMatchObject([{ effect: "data at risk", field: "vm_id" }]);
  expect(terraform(machine({}), machine({ memory: 16 }))).toMatchObject([{ effect: "restart", field: "memory" }]);
  expect(terraform(machine({}), machine({ disk: [{ interface: "scsi0", size: 40 }, { interface: "scsi1", size: 200 }], tags: ["hearth"] }))).toMatchObject([{ effect: "live change" }]);
});

test("a machine whose VLAN is another is reached by nobody until all agree", () => {
  const machine = (vlan: number, firewall: boolean) => ({ proxmox_virtual_environment_vm: { one: { vm_id: 1, network_device: [{ bridge: "vmbr0", vlan_id: vlan, firewall }] } } });
  expect(terraform(machine(20, true), machine(21, true))).toMatchObject([{ effect: "outage", field: "network_device[0].vlan_id" }]);
  expect(terraform(machine(20, true), machine(20, false))).toMatchObject([{ effect: "live change" }]);
});

test("prevent_destroy stops the run also where no data is lost", () => {
  const bridge = (name: string) => ({ proxmox_network_linux_bridge: { one: { name, lifecycle: { prevent_destroy: true } } } });
  expect(terraform(bridge("vmbr0"), bridge("vmbr1"))).toMatchObject([{ effect: "recreate", refused: true }]);
});

test("nothing of an instance template changes in place, but for what Terraform alone reads", () => {
  const template = (size: number, before: boolean) => ({ google_compute_instance_template: { one: { disk: [{ disk_size_gb: size }], lifecycle: { create_before_destroy: before } } } });
  expect(terraform(template(200, true), template(100, true))).toMatchObject([{ effect: "recreate", field: "disk[0].disk_size_gb" }]);
  expect(terraform(template(200, true), template(200, false))).toMatchObject([{ effect: "live change" }]);
});

test("what stands on something that is made anew is made anew along, as far as it goes", () => {
  const keys = (location: string) => ({
    google_kms_key_ring: { ring: { name: "lab", location } },
    google_kms_crypto_key: { key: { name: "one", key_ring: "${google_kms_key_ring.ring.id}" } },
    google_storage_bucket: { copies: { ...bucket, encryption: { default_kms_key_name: "${google_kms_crypto_key.key.id}" }, labels: { ring: "${google_kms_key_ring.ring.name}" } } },
    google_kms_crypto_key_iam_member: { storage: { crypto_key_id: "${google_kms_crypto_key.key.id}", role: "r", member: "m" } },
  });
  expect(terraform(keys("EU"), keys("US")).map(({ object, effect, field }) => [object, effect, field])).toEqual([
    ["google_kms_crypto_key.key", "data at risk", "key_ring"],
    ["google_kms_crypto_key_iam_member.storage", "recreate", "crypto_key_id"],
    ["google_kms_key_ring.ring", "data at risk", "location"],
  ]);
  expect(terraform(keys("EU"), keys("EU"))).toEqual([]);
});

test("whoever is given a role in the cloud may do more than before", () => {
  const member = (role: string) => ({ google_storage_bucket_iam_member: { one: { role, member: "serviceAccount:velero" } } });
  expect(terraform({}, member("roles/reader"))).toContainEqual(expect.objectContaining({ opens: true, says: "gives roles/reader to serviceAccount:velero" }));
  expect(terraform(member("roles/reader"), member("roles/admin"))).toMatchObject([{ effect: "recreate" }, { opens: true }]);
  expect(terraform(member("roles/reader"), {})).toMatchObject([{ effect: "outage" }]);
  expect(terraform(member("roles/reader"), {})).not.toContainEqual(expect.objectContaining({ opens: true }));
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
});

const node = (name: string, config: string) => ({ [`infra/out/k3s/pi/${name}.yaml`]: `node-name: ${name}\n${config}` });
const server = "cluster-cidr:\n  - 10.13.0.0/16\n";

test("a server that moves to another address is known to etcd by the old one, and an agent just starts again", () => {
  expect(saidOf(node("pi-1", `node-ip:\n  - 192.0.2.1\n${server}`), node("pi-1", `node-ip:\n  - 192.0.2.2\n${server}`))).toContainEqual(expect.objectContaining({ effect: "outage", field: "node-ip" }));
  expect(saidOf(node("pi-4", "node-ip:\n  - 192.0.2.1\n"), node("pi-4", "node-ip:\n  - 192.0.2.2\n"))).toMatchObject([{ effect: "restart" }]);
});

test("an agent becomes a server only by joining anew, and its volumes go", () => {
  expect(saidOf(node("pi-4", ""), node("pi-4", server))).toMatchObject([{ effect: "data at risk", says: expect.stringContaining("an agent becomes a server") }]);
});

test("a node that has joined keeps its labels, and whoever asks for other ones waits", () => {
  const asks = (label: string) => ({
    "argocd/releases/pi/notes.yaml": "application: pi-notes\nnamespace: notes\nfolder: dist/pi/notes\nrepository: ''\nrevision: ''\ninclude: ''\nexclude: ''\nprune: true\nexclusive: true\nmanager: ''\n",
    "dist/pi/notes/deployment.notes.yaml": `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: notes\nspec:\n  template:\n    spec:\n      nodeSelector:\n        role: ${label}\n      containers: []\n`,
  });
  const labelled = (label: string) => node("pi-4", `node-label:\n  - role=${label}\n`);
  expect(saidOf({ ...labelled("edge"), ...asks("store") }, { ...labelled("store"), ...asks("store") })).toContainEqual(expect.objectContaining({ effect: "outage", field: "node-label", says: expect.stringContaining("pi/notes") }));
  expect(saidOf({ ...labelled("edge"), ...asks("edge") }, { ...labelled("store"), ...asks("edge") })).toMatchObject([{ effect: "live change", field: "node-label" }, { effect: "restart" }]);
});

test("a taint that goes stays on the node, and one that comes is on none", () => {
  const tainted = (...taints: readonly string[]) => node("pi-4", taints.length ? `node-taint:\n${taints.map((taint) => `  - ${taint}\n`).join("")}` : "");
  expect(saidOf(tainted("gpu:NoSchedule"), tainted("gpu:NoExecute"))).toContainEqual(expect.objectContaining({ effect: "outage", field: "node-taint" }));
  expect(saidOf(tainted(), tainted("gpu:NoSchedule"))).toMatchObject([{ effect: "live change" }, { effect: "restart" }]);
});

test("a node that is no longer written stays in its cluster", () => {
  expect(saidOf(node("pi-4", ""), {})).toMatchObject([{ effect: "live change", says: expect.stringContaining("kubectl drain") }]);
});

test("what the router newly lets through opens, wherever in the list it stands", () => {
  const rules = (...to: readonly string[]) => ({ "infra/out/opnsense/rules.json": JSON.stringify({ rules: to.map((destination_net, index) => ({ "@uuid": `${index}`, sequence: `${index}`, action: "pass", source_net: "opt3", destination_net, destination_not: "0", destination_port: "", description: "hearth: things" })) }) });
  expect(saidOf(rules("h_hosts"), rules("h_lab", "h_hosts"))).toMatchObject([{ address: "infra/opnsense", opens: true, says: expect.stringContaining("opt3 to h_lab (things)") }]);
  expect(saidOf(rules("h_lab", "h_hosts"), rules("h_hosts"))).toMatchObject([{ says: expect.stringContaining("no more opt3 to h_lab") }]);
  expect(saidOf(rules("h_lab", "h_hosts"), rules("h_hosts", "h_lab"))).toMatchObject([{ effect: "live change", says: expect.stringContaining("applies it") }]);
});

test("a port of a switch that carries a network no more cuts off what hangs on it", () => {
  const site = (profile: string, vlan = 20) => ({
    "infra/out/omada/site.json": JSON.stringify({
      networks: [{ name: "servers", vlan }, { name: "home", vlan: 40 }],
      profiles: [{ untagged: "home", tagged: [], body: { name: "home" } }, { untagged: "home", tagged: ["servers"], body: { name: "both" } }],
      ports: [{ switch: "AC-1", port: 3, profile, body: { name: "pve-1" } }],
    }),
  });
  expect(saidOf(site("both"), site("home"))).toMatchObject([{ address: "infra/omada", effect: "outage", says: expect.stringContaining("port 3 of AC-1 (pve-1): servers") }]);
  expect(saidOf(site("both"), site("both", 21))).toMatchObject([{ effect: "outage", says: expect.stringContaining("servers has another VLAN") }]);
  expect(saidOf(site("home"), site("both"))).toMatchObject([{ effect: "live change" }]);
});

test("a disk that leaves its pool takes its files out of reach, and one that changes with parity loses them", () => {
  const pool = (disks: Readonly<Record<string, string>>, user = "ops") => ({
    "infra/out/ansible/inventory.yaml": JSON.stringify({ all: { vars: { ansible_user: user }, children: { machines: { hosts: { nas: { disk_pool_disks: Object.entries(disks).map(([name, device]) => ({ name, device, path: `/mnt/${name}` })) } } } } } }),
  });
  const all = { data1: "/dev/a", data2: "/dev/b", parity: "/dev/c" };
  expect(saidOf(pool(all), pool({ data1: "/dev/a", parity: "/dev/c" }))).toContainEqual(expect.objectContaining({ address: "infra/ansible", effect: "outage", says: expect.stringContaining("/dev/b") }));
  expect(saidOf(pool(all), pool({ data1: "/dev/a", data2: "/dev/c", parity: "/dev/b" }))).toContainEqual(expect.objectContaining({ effect: "data at risk" }));
  expect(saidOf(pool(all), pool({ ...all, parity: "/dev/d" }))).toMatchObject([{ effect: "live change", says: expect.stringContaining("/dev/c holds parity no more") }, { effect: "live change" }]);
  expect(saidOf(pool(all), pool({ ...all, data3: "/dev/d" }))).toMatchObject([{ effect: "live change", says: expect.stringContaining("applies it") }]);
  expect(saidOf(pool(all), pool(all, "admin"))).toMatchObject([{ effect: "live change" }]);
});

test("a key that comes opens every machine, and one that goes opens none", () => {
  const keys = (...all: readonly string[]) => ({ "infra/out/ansible/inventory.yaml": JSON.stringify({ all: { vars: { base_admin_keys: all }, children: {} } }) });
  const [ada, eve] = ["ssh-ed25519 AAAAAdasKey00000000 ada", "ssh-ed25519 AAAAEvesKey11111111 eve"];
  expect(saidOf(keys(ada), keys(ada, eve))).toMatchObject([{ opens: true, says: "every machine is opened by …sKey11111111 (eve)" }, { effect: "live change" }]);
  const gone = saidOf(keys(ada, eve), keys(ada));
  expect(gone).toMatchObject([{ says: expect.stringContaining("no machine is opened any more by …sKey11111111 (eve)") }, {}]);
  expect(gone.some(({ opens }) => opens)).toBe(false);
});
