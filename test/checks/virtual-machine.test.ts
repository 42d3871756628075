import { machineFits } from "../../engine/checks/lab/machine-fits";
import { virtualMachine } from "../../engine/checks/lab/virtual-machine";
import { vlanValid } from "../../engine/checks/lab/vlan-valid";
import { addressUnique } from "../../engine/checks/lab/address-unique";
import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import { vmDisk, type Machine } from "../../engine/model/proxmox";
import { lab } from "../../examples/hybrid/lab";
import { machines } from "../../examples/hybrid/machines";

const [node] = machines.nodes;
const labWith = (machine: Machine): Lab => ({ ...lab, hosts: [...lab.hosts, machine] });
const another = (given: Partial<Machine> = {}, vm: Partial<Machine["vm"]> = {}): Machine => ({
  ...node,
  name: "node-9",
  disks: [vmDisk("node-9-system", "64Gi", { media: "nvme", use: "system" })],
  addresses: { servers: "10.20.20.19" },
  ...given,
  vm: { ...node.vm, id: 209, ...vm },
});
const foundIn = (machine: Machine): readonly string[] =>
  [...virtualMachine(labWith(machine)), ...machineFits(labWith(machine))].map(({ rule }) => rule);

test("the hybrid lab's machines are sound, and one more is", () => {
  expect([...virtualMachine(lab), ...machineFits(lab), ...vlanValid(lab)]).toEqual([]);
  expect(foundIn(another())).toEqual([]);
});

test("two machines with one id are found by name", () => {
  expect(virtualMachine(labWith(another({}, { id: 201 }))).map(({ rule, found }) => [rule, found])).toEqual([
    ["vm-id-unique", "node-1 and node-9 both have the id 201"],
  ]);
});

test("two machines at one address are found", () => {
  expect(addressUnique(labWith(another({ addresses: node.addresses }))).map(({ rule }) => rule)).toContain("address-unique");
});

test.each<[string, Partial<Machine>, Partial<Machine["vm"]>, string]>([
  ["an id that Proxmox keeps for itself", {}, { id: 99 }, "vm-known"],
  ["a node that is not there", {}, { on: "pve-9" }, "reference-known"],
  ["an image that is not there", {}, { image: "debian" }, "reference-known"],
  ["a datastore that is not there", {}, { datastore: "tank" }, "reference-known"],
  ["a pool that is not there", {}, { pool: "cubes" }, "reference-known"],
  ["a device that its node does not have", {}, { devices: ["rtx4090"] }, "reference-known"],
  ["a GPU that it does not get", { gpus: [{ vendor: "nvidia", model: "GeForce RTX 4090", memory: "24Gi" }] }, {}, "vm-known"],
  ["a leg in a VLAN that the bridge does not carry", { addresses: { things: "10.20.50.9" } }, {}, "vlan-known"],
  ["disks on a datastore that takes none", {}, { datastore: "local" }, "datastore-fits"],
  ["a disk that QEMU cannot name", { disks: [{ id: "ata-real", size: "64Gi", media: "ssd", use: "system" }] }, {}, "vm-known"],
  ["a first disk that does not boot", { disks: [vmDisk("data", "64Gi", { media: "nvme", use: "data" })] }, {}, "vm-known"],
])("%s is found", (_, given, vm, rule) => {
  expect(foundIn(another(given, vm))).toEqual([rule]);
});

test("a disk larger than its datastore is found by its name", () => {
  const large = another({
    disks: [
      vmDisk("node-9-system", "64Gi", { media: "nvme", use: "system" }),
      vmDisk("node-9-models", "2Ti", { media: "nvme", use: "data" }),
    ],
  });
  expect(machineFits(labWith(large)).map(({ address, found }) => [address, found])).toEqual([
    ["host node-9", "disk node-9-models of 2Ti on local-zfs, which has 1600Gi"],
  ]);
});

test("disks that are too large together are found", () => {
  const large = another({ disks: [vmDisk("node-9-system", "1500Gi", { media: "nvme", use: "system" })] });
  expect(machineFits(labWith(large)).map(({ address, found }) => [address, found])).toEqual([
    ["host pve-1", "1764Gi of disks on local-zfs: node-1, node-9"],
  ]);
});

test("memory is never promised twice", () => {
  expect(machineFits(labWith(another({ memory: "100Gi" }))).map(({ rule, found }) => [rule, found])).toEqual([
    ["memory-committed", "132Gi promised: 16Gi for itself, and 16Gi for node-1, 100Gi for node-9"],
  ]);
});

test("a virtual machine without Proxmox is found", () => {
  const { proxmox: _, ...without } = lab;
  expect(new Set(virtualMachine(without).map(({ rule }) => rule))).toEqual(new Set(["vm-known"]));
});

test("a bridge that carries what is no network, and a node that is no host, are found", () => {
  const hosts: readonly Host[] = lab.hosts.filter(({ name }) => name !== "pve-2");
  expect(
    virtualMachine({ ...lab, hosts, networks: lab.networks.filter(({ name }) => name !== "storage") }).map(({ found }) => found),
  ).toEqual([
    'bridge vmbr0 carries names "storage", and there is no such network',
    'proxmox node names "pve-2", and there is no such host',
    'bridge vmbr0 carries names "storage", and there is no such network',
  ]);
});

test("VLANs have numbers that switches take, one each", () => {
  const networks = [
    { name: "a", cidr: "10.0.0.0/24", vlan: 20 },
    { name: "b", cidr: "10.0.1.0/24", vlan: 20 },
    { name: "c", cidr: "10.0.2.0/24", vlan: 4095 },
  ];
  expect(vlanValid({ ...lab, networks }).map(({ address }) => address)).toEqual(["network c", "network b"]);
});

test("a cluster whose name is too long for a firewall's group is found", () => {
  const clusters = lab.clusters.map((cluster) => ({ ...cluster, name: "workshop-in-the-cellar" }));
  expect(virtualMachine({ ...lab, clusters }).map(({ address }) => address)).toEqual(["workshop-in-the-cellar"]);
});

test("machines that nobody could ever enter are found", () => {
  const people = lab.people.map(({ sshKeys: _, ...person }) => person);
  expect(virtualMachine({ ...lab, people }).map((it) => [it.rule, it.found])).toEqual([["admin-enters", "3 virtual machines, and no admin with an SSH key"]]);
});
