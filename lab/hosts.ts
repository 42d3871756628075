import type { Disk, GpuDevice, Host } from "../engine/model/host";

const rtx4090: GpuDevice = { vendor: "nvidia", model: "GeForce RTX 4090", memory: "24Gi" };
const rtxA6000: GpuDevice = { vendor: "nvidia", model: "RTX A6000", memory: "48Gi" };

const system = (serial: string): Disk => ({ id: `nvme-Samsung_SSD_990_PRO_1TB_${serial}`, size: "931Gi", media: "nvme", use: "system" });
const ceph = (serial: string): Disk => ({ id: `nvme-Micron_7450_MTFDKCC3T8TFR_${serial}`, size: "3576Gi", media: "nvme", use: "ceph" });

/** The Mac that carries the three Kind clusters in one Docker VM. */
const mac: Host = {
  name: "mac-studio",
  arch: "arm64",
  cpu: 24,
  memory: "192Gi",
  disks: [{ id: "apple-ssd-ap4096", size: "3725Gi", media: "nvme", use: "system" }],
  addresses: { home: "192.168.30.10" },
  watts: 60,
};

const pi = (index: number): Host => ({
  name: `pi-${index}`,
  arch: "arm64",
  cpu: 4,
  memory: "8Gi",
  disks: [{ id: `usb-Samsung_PSSD_T7_S6XPNS0T${index}00321-0:0`, size: "465Gi", media: "ssd", use: "system" }],
  addresses: { edge: `192.168.50.${10 + index}` },
  watts: 7,
});

const forge = (index: number, rest: Pick<Host, "cpu" | "memory"> & { readonly gpus?: readonly GpuDevice[]; readonly ceph?: boolean }): Host => ({
  name: `forge-${index}`,
  arch: "amd64",
  cpu: rest.cpu,
  memory: rest.memory,
  disks: [system(`S6Z1NF0W${index}10432`), ...(rest.ceph ? [ceph(`2311409A${index}F31`), ceph(`2311409A${index}F32`)] : [])],
  gpus: rest.gpus ?? [],
  addresses: { servers: `192.168.40.${10 + index}` },
  watts: rest.gpus ? 350 : 90,
});

/** Disks of the NAS: what is on one survives another's end, with SnapRAID's parity on the last. */
const shelf = (serial: string): Disk => ({ id: `ata-WDC_WD80EFPX-68C4ZN0_WD-${serial}`, size: "7452Gi", media: "hdd", use: "data" });

/** Keeps copies and the household's own files; no cluster runs on it. */
const nas: Host = {
  name: "nas",
  arch: "amd64",
  cpu: 4,
  memory: "16Gi",
  disks: [system("S6Z1NF0W910432"), shelf("RD0A1XGL"), shelf("RD0A1XHM"), shelf("RD0A1XJN"), shelf("RD0A1XKP")],
  pool: { mount: "/srv/pool", parity: [shelf("RD0A1XKP").id] },
  addresses: { servers: "192.168.40.20" },
  watts: 45,
};

/** Every machine of the lab. A new one is one line, and becomes capacity where a cluster names it. */
export const hosts = {
  mac,
  nas,
  pis: [1, 2, 3, 4, 5].map(pi),
  forges: [
    forge(1, { cpu: 16, memory: "64Gi" }),
    forge(2, { cpu: 16, memory: "64Gi" }),
    forge(3, { cpu: 16, memory: "64Gi" }),
    forge(4, { cpu: 24, memory: "128Gi", ceph: true }),
    forge(5, { cpu: 24, memory: "128Gi", ceph: true }),
    forge(6, { cpu: 24, memory: "128Gi", ceph: true }),
    forge(7, { cpu: 32, memory: "256Gi", gpus: [rtx4090, rtx4090] }),
    forge(8, { cpu: 64, memory: "512Gi", gpus: [rtxA6000, rtxA6000] }),
  ],
} as const satisfies { readonly mac: Host; readonly nas: Host; readonly pis: readonly Host[]; readonly forges: readonly Host[] };

export const allHosts: readonly Host[] = [hosts.mac, hosts.nas, ...hosts.pis, ...hosts.forges];
