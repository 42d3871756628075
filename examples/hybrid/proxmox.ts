import type { Proxmox, ProxmoxNode } from "../../engine/model/proxmox";

const node = (host: string, devices: ProxmoxNode["devices"] = {}): ProxmoxNode => ({
  host,
  bridge: { name: "vmbr0", ports: ["enp5s0"], own: "management", carries: ["management", "servers", "storage"], existing: true },
  datastores: {
    "local-zfs": { size: "1600Gi", media: "nvme", holds: ["images"] },
    local: { size: "200Gi", media: "nvme", holds: ["import"] },
  },
  // ZFS takes a tenth of the memory, and Proxmox itself little: https://pve.proxmox.com/wiki/ZFS_on_Linux#sysadmin_zfs_limit_memory_usage
  reserved: { memory: "16Gi" },
  devices,
});

/** Two Proxmox nodes. The second one's graphics card goes to a machine. */
export const proxmox: Proxmox = {
  endpoint: "https://pve-1.hybrid.example:8006/",
  nodes: [node("pve-1"), node("pve-2", { rtx4090: { id: "10de:2684", path: "0000:01:00", iommuGroup: 14 } })],
  images: {
    // Image and checksum as the provider's documentation has them; newer ones stand beside their SHA512SUMS on cloud.debian.org.
    "debian-12": {
      url: "https://cloud.debian.org/images/cloud/bookworm/20231228-1609/debian-12-generic-amd64-20231228-1609.qcow2",
      sha512:
        "d2fbcf11fb28795842e91364d8c7b69f1870db09ff299eb94e4fbbfa510eb78d141e74c1f4bf6dfa0b7e33d0c3b66e6751886feadb4e9916f778bab1776bdf1b",
      datastore: "local",
    },
  },
  pools: { kubernetes: "Nodes of the k3s cluster" },
  shares: { nas: { kind: "nfs", server: "10.20.30.20", export: "/srv/pool/proxmox", media: "hdd", size: "4Ti" } },
  backups: [{ name: "nightly", to: "nas", schedule: "02:30", keep: { daily: 7, weekly: 4, monthly: 6 } }],
  users: [{ name: "kubernetes-csi", may: "csi" }],
};
