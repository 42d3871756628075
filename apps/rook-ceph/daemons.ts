import type { Made } from "../../engine/model/makes";
import { requestsOf, type Takes } from "../../engine/workload/takes";
import type { CephHost } from "./disks";
import { driverKinds, driverSecrets } from "./driver-kind";
import { shapeOf, type RookCephSettings } from "./settings";

/** What each container of Ceph's daemons takes. Rook warns below some of these: Documentation/CRDs/Cluster/ceph-cluster-crd.md. */
export const takes = {
  monitor: { cpu: "250m", memory: "1Gi", limit: "2Gi" },
  manager: { cpu: "250m", memory: "1Gi", limit: "2Gi" },
  managerSidecar: { cpu: "10m", memory: "64Mi", limit: "256Mi" },
  gateway: { cpu: "250m", memory: "1Gi", limit: "2Gi" },
  exporter: { cpu: "20m", memory: "64Mi", limit: "256Mi" },
  crashCollector: { cpu: "10m", memory: "64Mi", limit: "128Mi" },
  logCollector: { cpu: "10m", memory: "32Mi", limit: "256Mi" },
  // Preparing a disk bursts with its size, once: Rook recommends no limit.
  osdPrepare: { cpu: "100m", memory: "128Mi" },
  versionDetector: { cpu: "50m", memory: "128Mi", limit: "512Mi" },
} as const satisfies Readonly<Record<string, Takes>>;

export const osdTakes = ({ osdMemory }: Pick<RookCephSettings, "osdMemory">): Takes => ({ cpu: "500m", memory: osdMemory, limit: osdMemory });
export const metadataTakes = ({ metadataMemory }: Pick<RookCephSettings, "metadataMemory">): Takes => ({ cpu: "500m", memory: metadataMemory, limit: metadataMemory });

/** Ceph's daemons start as root to own what the node keeps for them, and go on as `ceph`: pkg/operator/ceph/controller/spec.go. */
const daemonExempt = {
  root: "it takes over its directory as root before it goes on as ceph",
  "host-path": "its state, logs and crash reports stay on the node, below /var/lib/rook",
  "privilege-escalation": "Rook does not say otherwise",
} as const;

/** Whoever touches disks. */
const diskExempt = {
  ...daemonExempt,
  privileged: "it opens the disk itself, which only a privileged container may",
} as const;

/** As the CephCluster and the file system ask of Rook: two on one node would fail together. */
const apartIf = (count: number): Pick<Made, "apart"> => (count > 1 ? { apart: true } : {});

/** The pods that Rook makes from this release's objects, with the labels that its code sets. */
export function daemons(namespace: string, settings: RookCephSettings, hosts: readonly CephHost[]): readonly Made[] {
  const shape = shapeOf(settings);
  const nodes = hosts.map((host) => host.name);
  const disks = hosts.flatMap((host) => host.disks).length;
  const daemon = (component: string, app: string, count: number, containers: readonly Takes[], exempt: Readonly<Record<string, string>> = daemonExempt): Made => ({
    component,
    labels: { app, rook_cluster: namespace },
    count,
    requests: requestsOf(containers),
    // Some of them begin with a container of Rook's own.
    images: [settings.cephImage, settings.operatorImage],
    nodes,
    exempt,
  });
  return [
    {
      ...daemon("monitor", "rook-ceph-mon", shape.monitors, [takes.monitor, takes.logCollector]),
      ...apartIf(shape.monitors),
      objects: ["Secret/rook-ceph-mon", "ConfigMap/rook-ceph-mon-endpoints", ...driverKinds(settings).flatMap((kind) => Object.values(driverSecrets(kind)).map((name) => `Secret/${name}`))],
    },
    { ...daemon("manager", "rook-ceph-mgr", shape.managers, [takes.manager, takes.logCollector, ...(shape.managers > 1 ? [takes.managerSidecar] : [])]), ...apartIf(shape.managers) },
    daemon("osd", "rook-ceph-osd", disks, [osdTakes(settings), takes.logCollector], diskExempt),
    daemon("osd-prepare", "rook-ceph-osd-prepare", hosts.length, [takes.osdPrepare], diskExempt),
    daemon("crash-collector", "rook-ceph-crashcollector", hosts.length, [takes.crashCollector]),
    // Once a day, for what is older than the cluster keeps.
    daemon("crash-pruner", "rook-ceph-crashcollector-pruner", 1, [takes.crashCollector]),
    daemon("exporter", "rook-ceph-exporter", hosts.length, [takes.exporter, takes.logCollector]),
    // A job that runs when the image changes; it bears no other label.
    { ...daemon("version-detector", "", 1, [takes.versionDetector], { root: "the image's default user", "privilege-escalation": "Rook does not say otherwise" }), labels: { app: "rook-ceph-detect-version" } },
    ...(settings.offers.includes("shared")
      ? [{ ...daemon("metadata-server", "rook-ceph-mds", shape.metadataServers, [metadataTakes(settings), takes.logCollector]), ...apartIf(shape.metadataServers) }]
      : []),
    ...(settings.offers.includes("bucket") ? [daemon("gateway", "rook-ceph-rgw", shape.gateways, [takes.gateway, takes.logCollector])] : []),
  ];
}
