import type { DiskPool } from "./disk-pool";
import type { Architecture } from "./image";
import type { VirtualMachine } from "./proxmox";
import type { Bytes } from "./quantity";

/** A machine or VM. What it can carry is counted once, here, whoever runs on it. */
export interface Host {
  readonly name: string;
  readonly arch: Architecture;
  /** Whole cores (hardware threads). */
  readonly cpu: number;
  readonly memory: Bytes;
  readonly disks: readonly Disk[];
  readonly gpus?: readonly GpuDevice[];
  /** One address in each network it has a leg in, by network name. */
  readonly addresses: { readonly [network: string]: string };
  /** Watts at a usual load, for the cost report. */
  readonly watts?: number;
  /** Its data disks as one. */
  readonly pool?: DiskPool;
  /** Where it is a virtual machine, what it is made from. */
  readonly vm?: VirtualMachine;
}

/** A disk, named by what never changes when cables do: its `/dev/disk/by-id/` name. */
export interface Disk {
  readonly id: string;
  readonly size: Bytes;
  readonly media: "nvme" | "ssd" | "hdd" | "sd";
  /** What owns the whole disk: the system, Ceph (wiped at first use), or a local data mount. */
  readonly use: "system" | "ceph" | "data";
}

export interface GpuDevice {
  readonly vendor: "nvidia" | "amd" | "intel";
  readonly model: string;
  readonly memory: Bytes;
}
