import type { TerraformStack } from "cdktf";
import type { Disk, Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import { serialOf, type Machine, type Proxmox } from "../../engine/model/proxmox";
import { bytesOf } from "../../engine/model/quantity";
import { VirtualEnvironmentVm, type VirtualEnvironmentVmDisk } from "../../imports/proxmox/virtual-environment-vm";
import { adminKeys } from "../admin-keys";
import type { Devices } from "./devices";
import type { Images } from "./images";
import { networkOf, withPrefix } from "./network";
import type { Pools } from "./pools";

/** What a machine may be made from, already in the stack. */
export interface Parts {
  readonly images: Images;
  readonly pools: Pools;
  readonly devices: Devices;
}

/** A host of the lab as a virtual machine: what it has is the host's, how it is made is its `vm`. */
export function machine(
  stack: TerraformStack,
  host: Machine,
  lab: Lab,
  proxmox: Proxmox,
  { images, pools, devices }: Parts,
): VirtualEnvironmentVm {
  const { vm } = host;
  const passed = (vm.devices ?? []).map((name) => devices.get(name)!);
  const legs = Object.keys(host.addresses);
  const bridge = proxmox.nodes.find((node) => node.host === vm.on)!.bridge;
  const made = new VirtualEnvironmentVm(stack, `vm-${host.name}`, {
    name: host.name,
    nodeName: vm.on,
    vmId: vm.id,
    tags: ["hearth"],
    ...(vm.pool ? { poolId: pools.get(vm.pool)!.poolId } : {}),
    onBoot: true,
    started: true,
    protection: vm.protected ?? true,
    // Without an agent a shutdown may be ignored, and destroying would wait for it.
    stopOnDestroy: !vm.guestAgent,
    agent: { enabled: vm.guestAgent ?? false },
    ...(vm.starts ? { startup: { order: vm.starts.order, upDelay: vm.starts.delaySeconds } } : {}),
    cpu: { cores: host.cpu, sockets: 1, type: "host", numa: false },
    memory: { dedicated: bytesOf(host.memory) / 2 ** 20 },
    operatingSystem: { type: "l26" },
    scsiHardware: "virtio-scsi-single",
    bootOrder: ["scsi0"],
    disk: host.disks.map((disk, index) => diskOf(disk, index, vm.datastore, index === 0 ? images(vm.image, vm.on) : undefined)),
    initialization: {
      datastoreId: vm.datastore,
      dns: { domain: lab.domain, servers: legs.flatMap((leg) => networkOf(leg, lab).gateway ?? []).slice(0, 1) },
      ipConfig: legs.map((leg, index) => ({ ipv4: ipv4Of(leg, index, host, lab) })),
      userAccount: { username: "ops", keys: [...adminKeys(lab)] },
    },
    // Cloud images write their first words to a serial console.
    serialDevice: [{ device: "socket" }],
    vga: { type: "serial0" },
    ...(passed.length
      ? {
          // Large BARs need UEFI and PCI Express.
          machine: "q35",
          bios: "ovmf",
          efiDisk: { datastoreId: vm.datastore, type: "4m", fileFormat: "raw", preEnrolledKeys: false },
          hostpci: passed.map((mapping, index) => ({ device: `hostpci${index}`, mapping: mapping.name, pcie: true, rombar: true })),
        }
      : { machine: "q35", bios: "seabios" }),
  });
  // An attribute, not a block: Terraform wants every key of each object, so that none can be left to a default.
  made.addOverride(
    "network_device",
    legs.map((leg) => legOf(leg, host, bridge.name, lab)),
  );
  return made;
}

const diskOf = (disk: Disk, index: number, datastore: string, image: string | undefined): VirtualEnvironmentVmDisk => ({
  interface: `scsi${index}`,
  datastoreId: datastore,
  size: bytesOf(disk.size) / 2 ** 30,
  serial: serialOf(disk) ?? "",
  ssd: disk.media === "nvme" || disk.media === "ssd",
  // What is deleted inside is given back below.
  discard: "on",
  iothread: true,
  fileFormat: "raw",
  // Ceph keeps its own copies: a second one in every machine's backup would only be large.
  backup: disk.use !== "ceph",
  ...(image ? { importFromAttribute: image } : {}),
});

/** Only the first leg leads out: two default routes would compete. */
function ipv4Of(leg: string, index: number, host: Host, lab: Lab): { readonly address: string; readonly gateway?: string } {
  const network = networkOf(leg, lab);
  return {
    address: withPrefix(host.addresses[leg] ?? "", network),
    ...(index === 0 && network.gateway ? { gateway: network.gateway } : {}),
  };
}

const legOf = (leg: string, host: Host, bridge: string, lab: Lab) => ({
  bridge,
  disconnected: false,
  enabled: null,
  firewall: true,
  mac_address: macOf(host.addresses[leg] ?? ""),
  model: "virtio",
  mtu: 0,
  queues: 0,
  rate_limit: 0,
  trunks: "",
  vlan_id: networkOf(leg, lab).vlan ?? 0,
});

/** A hardware address that follows from the IP address, locally administered (02): leases and neighbours survive a machine's remaking. */
export const macOf = (address: string): string =>
  ["02", "00", ...address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"))].join(":").toUpperCase();
