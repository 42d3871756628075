import type { Disk, Host } from "./host";
import type { Lab } from "./lab";
import type { Bytes } from "./quantity";

/** A Proxmox VE cluster that carries machines of the lab. */
export interface Proxmox {
  /** The API, with a certificate that Terraform can verify: `https://pve-1.hearth.example:8006/`. */
  readonly endpoint: string;
  readonly nodes: readonly ProxmoxNode[];
  /** What machines are made from, by name. */
  readonly images: Readonly<Record<string, CloudImage>>;
  /** Storage that every node reaches, by its id. */
  readonly shares?: Readonly<Record<string, ProxmoxShare>>;
  readonly backups: readonly MachineBackup[];
  /** Which machines share rights and quotas, in an owner's words, by pool id. */
  readonly pools?: Readonly<Record<string, string>>;
  /** What may stand in for a node that fails: machines with `restarts` move there. */
  readonly highAvailability?: boolean;
  /** Who else than Terraform calls the API: `csi` makes disks for pods, see proxmox-csi-plugin. */
  readonly users?: readonly ProxmoxUser[];
}

export interface ProxmoxUser {
  readonly name: string;
  readonly may: "csi";
}

/** One machine that runs Proxmox VE: a host of the lab, whose name is its node name. */
export interface ProxmoxNode {
  readonly host: string;
  readonly bridge: Bridge;
  readonly datastores: Readonly<Record<string, Datastore>>;
  /** What the node itself needs; the rest is the machines'. */
  readonly reserved: { readonly memory: Bytes };
  /** Devices that a machine may be given whole, by the name of their mapping. */
  readonly devices?: Readonly<Record<string, PciDevice>>;
}

/** A VLAN-aware bridge: every machine's cable ends here. */
export interface Bridge {
  readonly name: string;
  readonly ports: readonly string[];
  /** The network that it carries untagged, in which the node itself has its address. */
  readonly own: string;
  /** The installer made it: it is taken over instead of made. */
  readonly existing?: boolean;
  /** The lab's networks that its ports carry: a machine can have a leg in these. */
  readonly carries: readonly string[];
}

export interface Datastore {
  readonly size: Bytes;
  readonly media: Disk["media"];
  /** What it may hold. `images` for machines' disks, `import` for downloads. */
  readonly holds: readonly ("images" | "import" | "backup")[];
}

/** A PCI device as `lspci -nn` shows it. */
export interface PciDevice {
  /** Vendor and device: `10de:2684`. */
  readonly id: string;
  /** `0000:01:00`, without a function where all of them go together, as a GPU with its sound. */
  readonly path: string;
  readonly iommuGroup: number;
  readonly subsystem?: string;
}

/** A disk image that cloud-init can set up, downloaded once and checked. */
export interface CloudImage {
  readonly url: string;
  readonly sha512: string;
  /** The datastore that keeps it, on every node; it must hold `import`. */
  readonly datastore: string;
}

export type ProxmoxShare =
  | { readonly kind: "nfs"; readonly server: string; readonly export: string; readonly media: Disk["media"]; readonly size: Bytes }
  /** Proxmox Backup Server. Its password is a variable of the stack, never written here. */
  | {
      readonly kind: "pbs";
      readonly server: string;
      readonly datastore: string;
      readonly user: string;
      readonly fingerprint: string;
      readonly media: Disk["media"];
      readonly size: Bytes;
    };

/** Whole machines, kept elsewhere: vzdump. */
export interface MachineBackup {
  readonly name: string;
  /** A share, or a datastore that holds `backup`. */
  readonly to: string;
  /** A systemd calendar event: `02:30`, `sat 04:00`. */
  readonly schedule: string;
  readonly keep: { readonly daily?: number; readonly weekly?: number; readonly monthly?: number };
  /** Only this pool's machines; without it, all. */
  readonly pool?: string;
}

/** What makes a host of the lab a virtual machine: its cores, memory, disks and addresses are the host's own. */
export interface VirtualMachine {
  /** The Proxmox node that it is made on, by its host's name. */
  readonly on: string;
  /** Unique in the whole Proxmox cluster, 100 or more. */
  readonly id: number;
  readonly image: string;
  /** Where its disks are. */
  readonly datastore: string;
  readonly pool?: string;
  /** Devices that it gets whole, by the node's names for them. */
  readonly devices?: readonly string[];
  /** Whether destroying it is refused; a machine that keeps nothing may say no. */
  readonly protected?: boolean;
  /** Its turn when the node starts, and how long the next one waits. */
  readonly starts?: { readonly order: number; readonly delaySeconds: number };
  /** Whether it starts again on another node when its own fails. */
  readonly restarts?: boolean;
  /** Whether the guest agent runs inside, which images do not bring; only then may Proxmox rely on it. */
  readonly guestAgent?: boolean;
}

/**
 * A disk of a virtual machine, with the name under which Linux knows it: QEMU shows the serial number that we give it.
 * https://pve.proxmox.com/pve-docs/qm.1.html (`serial`, at most 20 characters)
 */
export const vmDisk = (serial: string, size: Bytes, rest: Pick<Disk, "media" | "use">): Disk => ({
  id: `${qemuDisk}${serial}`,
  size,
  ...rest,
});

const qemuDisk = "scsi-0QEMU_QEMU_HARDDISK_";

/** The serial number in the name of a virtual machine's disk, or undefined where the disk is no such. */
export const serialOf = (disk: Disk): string | undefined => (disk.id.startsWith(qemuDisk) ? disk.id.slice(qemuDisk.length) : undefined);

/** A host of the lab that is a virtual machine. */
export type Machine = Host & { readonly vm: VirtualMachine };

export const machinesOf = ({ hosts }: Pick<Lab, "hosts">): readonly Machine[] =>
  hosts.filter((host): host is Machine => host.vm !== undefined);
