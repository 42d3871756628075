import { component, kubernetesApi, type Peer } from "../../engine/model/needs";
import type { RookCephSettings } from "./settings";

/** Both messenger protocols of the monitors. */
export const monitorPorts = [3300, 6789] as const;
/** Where every other daemon takes the first free ports: ms_bind_port_min and _max, docs.ceph.com/en/tentacle/rados/configuration/network-config-ref. */
export const daemonPorts = { first: 6800, last: 7568 } as const;

export const managerPorts = { dashboard: 7000, metrics: 9283 } as const;
export const exporterPort = 9926;
/** Inside the gateway's pod; Rook's own Service in front of it answers on 80. */
export const gatewayPort = 8080;

type Daemon = "manager" | "osd" | "metadata-server";

/** Who calls which daemons beside the monitors, which everybody asks first. */
const callers: Readonly<Record<string, readonly Daemon[]>> = {
  "operator": ["manager", "osd"],
  "monitor": ["manager"],
  "manager": ["osd", "metadata-server"],
  "osd": ["manager", "osd"],
  "osd-prepare": ["manager"],
  "metadata-server": ["manager", "osd", "metadata-server"],
  "gateway": ["manager", "osd"],
  "exporter": [],
  "crash-collector": ["manager"],
  "crash-pruner": ["manager"],
  "toolbox": ["manager", "osd", "metadata-server"],
  "rbd-controller": ["manager", "osd"],
  "cephfs-controller": ["manager", "osd"],
  // On the nodes' own network: what it maps and mounts, the node's kernel reads and writes.
  "rbd-node": ["osd"],
  "cephfs-node": ["osd", "metadata-server"],
};

/** Conversations among Ceph's daemons, with the drivers, and with the Kubernetes API. */
export function calls(settings: RookCephSettings): Readonly<Record<string, Peer>> {
  const present = (name: string): boolean => isPresent(name, settings);
  const monitors = Object.keys(callers).filter(present).flatMap((from) => monitorPorts.map((port) => [`${from}-monitor-${port}`, component("monitor", port, { from })] as const));
  const daemons = Object.entries(callers)
    .filter(([from]) => present(from))
    .flatMap(([from, called]) => called.filter(present).map((to) => [`${from}-${to}`, component(to, daemonPorts.first, { from, endPort: daemonPorts.last })] as const));
  const gateways = ["operator", "manager"].filter(() => present("gateway")).map((from) => [`${from}-gateway`, component("gateway", gatewayPort, { from })] as const);
  const api = ["operator", "driver-operator", "version-detector", "osd-prepare", "manager", "rbd-controller", "cephfs-controller"].filter(present).map((from) => [`${from}-api`, kubernetesApi({ from })] as const);
  return Object.fromEntries([...monitors, ...daemons, ...gateways, ...api]);
}

function isPresent(name: string, { offers, toolbox }: RookCephSettings): boolean {
  if (name === "toolbox") return toolbox;
  if (name.startsWith("rbd-")) return offers.includes("block");
  if (name.startsWith("cephfs-") || name === "metadata-server") return offers.includes("shared");
  return name !== "gateway" || offers.includes("bucket");
}
