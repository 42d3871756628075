import type { Disk, Host } from "../../engine/model/host";
import { vmDisk, type Machine } from "../../engine/model/proxmox";

const nvme = (serial: string, size: Disk["size"] = "1863Gi"): Disk => ({
  id: `nvme-Samsung_SSD_990_PRO_2TB_${serial}`,
  size,
  media: "nvme",
  use: "system",
});
const shelf = (serial: string): Disk => ({ id: `ata-TOSHIBA_MG08ACA16TE_${serial}`, size: "14901Gi", media: "hdd", use: "data" });

/** The machines that run Proxmox VE. */
const pve = (index: number): Host => ({
  name: `pve-${index}`,
  arch: "amd64",
  cpu: 16,
  memory: "128Gi",
  disks: [nvme(`S7DNNJ0W90${index}112`), nvme(`S7DNNJ0W90${index}113`)],
  addresses: { management: `10.20.10.${10 + index}`, storage: `10.20.30.${10 + index}` },
  watts: 75,
});

/** Runs k3s on the metal itself: what it does must not stand and fall with Proxmox. */
const metal: Host = {
  name: "metal-1",
  arch: "amd64",
  cpu: 8,
  memory: "32Gi",
  disks: [nvme("S7DNNJ0W909001", "931Gi")],
  addresses: { servers: "10.20.20.13", storage: "10.20.30.23" },
  watts: 35,
};

const nas: Host = {
  name: "nas",
  arch: "amd64",
  cpu: 4,
  memory: "32Gi",
  disks: [nvme("S7DNNJ0W909002", "465Gi"), shelf("X1A0A001FVJG"), shelf("X1A0A002FVJG"), shelf("X1A0A003FVJG"), shelf("X1A0A004FVJG")],
  pool: { mount: "/srv/pool", parity: ["ata-TOSHIBA_MG08ACA16TE_X1A0A004FVJG"] },
  addresses: { management: "10.20.10.20", storage: "10.20.30.20" },
  watts: 55,
};

/** A node of the k3s cluster as a virtual machine, and nothing else. */
const node = (index: number, on: string): Machine => ({
  name: `node-${index}`,
  arch: "amd64",
  cpu: 4,
  memory: "16Gi",
  disks: [
    vmDisk(`node-${index}-system`, "64Gi", { media: "nvme", use: "system" }),
    vmDisk(`node-${index}-data`, "200Gi", { media: "nvme", use: "data" }),
  ],
  addresses: { servers: `10.20.20.${10 + index}`, storage: `10.20.30.${30 + index}` },
  vm: {
    on,
    id: 200 + index,
    image: "debian-12",
    datastore: "local-zfs",
    pool: "kubernetes",
    protected: false,
    starts: { order: 2, delaySeconds: 30 },
  },
});

/** Gets the graphics card of its node, whole. */
const gpu: Machine = {
  name: "gpu-1",
  arch: "amd64",
  cpu: 8,
  memory: "64Gi",
  disks: [vmDisk("gpu-1-system", "400Gi", { media: "nvme", use: "system" })],
  gpus: [{ vendor: "nvidia", model: "GeForce RTX 4090", memory: "24Gi" }],
  addresses: { servers: "10.20.20.21" },
  vm: { on: "pve-2", id: 221, image: "debian-12", datastore: "local-zfs", pool: "kubernetes", devices: ["rtx4090"] },
};

export const machines = { pves: [pve(1), pve(2)], metal, nas, nodes: [node(1, "pve-1"), node(2, "pve-2")], gpu } as const;

export const allMachines: readonly Host[] = [...machines.pves, metal, nas, ...machines.nodes, gpu];
