import { machineFits } from "../../engine/checks/lab/machine-fits";
import { vmDisk, type Machine } from "../../engine/model/proxmox";
import { lab } from "../../examples/hybrid/lab";
import { machines } from "../../examples/hybrid/machines";

const [node] = machines.nodes;
const another = (given: Partial<Machine>): Machine => ({
  ...node,
  name: "node-9",
  disks: [vmDisk("node-9-system", "64Gi", { media: "nvme", use: "system" })],
  addresses: { servers: "10.20.20.19" },
  vm: { ...node.vm, id: 209 },
  ...given,
});
const foundWith = (given: Partial<Machine>) => machineFits({ ...lab, hosts: [...lab.hosts, another(given)] }).map(({ rule }) => rule);

test("memory that a node does not have is promised to nobody", () => {
  expect(foundWith({ memory: "4096Gi" })).toEqual(["memory-committed"]);
});

test("a disk larger than its datastore is found", () => {
  expect(foundWith({ disks: [vmDisk("node-9-system", "900Ti", { media: "nvme", use: "system" })] })).toEqual(["datastore-fits"]);
});

test("one machine more that fits is quiet", () => {
  expect(foundWith({})).toEqual([]);
});
