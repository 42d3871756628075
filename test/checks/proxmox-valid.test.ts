import { proxmoxValid } from "../../engine/checks/lab/proxmox-valid";
import type { Host } from "../../engine/model/host";
import type { Proxmox, ProxmoxNode } from "../../engine/model/proxmox";
import { lab } from "../../examples/hybrid/lab";
import { machines } from "../../examples/hybrid/machines";

const { proxmox } = lab;
const found = (given: Partial<Proxmox>, hosts: readonly Host[] = lab.hosts) =>
  proxmoxValid({ ...lab, hosts, proxmox: { ...proxmox!, ...given } }).map((it) => [it.rule, it.address, it.found]);
const [first, second] = proxmox!.nodes;
const withFirst = (given: Partial<ProxmoxNode>): Partial<Proxmox> => ({ nodes: [{ ...first!, ...given }, second!] });
const [nightly] = proxmox!.backups;
const debian = proxmox!.images["debian-12"]!;

test("the hybrid lab's is sound, and a lab needs none", () => {
  expect(found({})).toEqual([]);
  const { proxmox: _, ...without } = lab;
  expect(proxmoxValid(without)).toEqual([]);
});

test.each<[string, Partial<Proxmox>, readonly string[]]>([
  ["an endpoint without TLS", { endpoint: "http://pve-1:8006/" }, ["proxmox-valid", "proxmox", 'endpoint = "http://pve-1:8006/"']],
  [
    "a bridge in a network that is not there",
    withFirst({ bridge: { ...first!.bridge, own: "managment" } }),
    ["reference-known", "host pve-1", 'bridge vmbr0.own names "managment", and there is no such network'],
  ],
  [
    "a bridge in which the node has no address",
    withFirst({ bridge: { ...first!.bridge, own: "home" } }),
    ["proxmox-valid", "host pve-1", "no address in home, which vmbr0 carries untagged"],
  ],
  ["memory without a unit", withFirst({ reserved: { memory: "16G" as never } }), ["quantity-valid", "host pve-1", 'reserved.memory = "16G"']],
  [
    "a device that lspci does not show so",
    withFirst({ devices: { card: { id: "10de2684", path: "01:00", iommuGroup: 1 } } }),
    ["proxmox-valid", "host pve-1", "device card: 10de2684 at 01:00"],
  ],
  [
    "an image on a store that holds none",
    { images: { "debian-12": { ...debian, datastore: "local-zfs" } } },
    ["datastore-fits", "host pve-1", "image debian-12 on local-zfs, which holds images"],
  ],
  [
    "half a checksum",
    { images: { "debian-12": { ...debian, sha512: "d2fb" } } },
    ["proxmox-valid", "proxmox", "image debian-12 without a whole address or checksum"],
  ],
  [
    "a backup to nowhere",
    { backups: [{ ...nightly!, to: "nass" }] },
    ["reference-known", "proxmox", 'backup nightly.to names "nass", and there is no such share, nor a datastore that holds backup'],
  ],
  [
    "a backup of a pool that is not there",
    { backups: [{ ...nightly!, pool: "kube" }] },
    ["reference-known", "proxmox", 'backup nightly.pool names "kube", and there is no such pool'],
  ],
  ["a backup that keeps nothing", { backups: [{ ...nightly!, keep: {} }] }, ["retention-spans-schedule", "proxmox", "backup nightly keeps nothing"]],
])("%s is found", (_, given, finding) => {
  expect(found(given)[0]).toEqual(finding);
});

test("one node described twice is found", () => {
  expect(found({ nodes: [first!, second!, second!] })).toContainEqual(["proxmox-valid", "host pve-2", "2 Proxmox nodes on it"]);
});

test("one card under two names is found", () => {
  const card = { id: "10de:2684", path: "0000:01:00", iommuGroup: 14 };
  expect(found(withFirst({ devices: { one: card, other: card } }))).toEqual([["device-once", "host pve-1", "one and other are both 0000:01:00"]]);
});

test("a card that two machines of one node want is found", () => {
  const other: Host = { ...machines.gpu, name: "gpu-2", vm: { ...machines.gpu.vm, id: 222 } };
  expect(found({}, [...lab.hosts, other])).toEqual([["device-once", "host gpu-2", "gpu-1 and gpu-2 both get rtx4090 of pve-2"]]);
});
