import type { Chart } from "cdk8s";
import { CephCluster, CephClusterSpecLogCollectorPeriodicity, CephClusterSpecSecurityCephxCsiKeyType } from "../../imports/rook";
import type { PodsGrant } from "../../engine/model/grants";
import { reference } from "../../engine/model/image";
import { resourcesOf } from "../../engine/workload/takes";
import { osdTakes, takes } from "./daemons";
import { nearFullRatio, type CephHost } from "./disks";
import { onHosts } from "./placement";
import { shapeOf, type RookCephSettings } from "./settings";

/** Where each host keeps what Ceph must not forget between two starts. */
export const dataDirectory = "/var/lib/rook";

/**
 * The Ceph cluster, on disks that are named one by one. There is no cleanupPolicy: what wipes disks when an object is deleted is
 * set by hand, at the moment when that is meant (rook#9103).
 */
export function cephCluster(chart: Chart, name: string, settings: RookCephSettings, hosts: readonly CephHost[], pods: PodsGrant): void {
  const { monitors, managers, replicas } = shapeOf(settings);
  new CephCluster(chart, "cluster", {
    metadata: { name },
    spec: {
      cephVersion: { image: reference(settings.cephImage), allowUnsupported: false },
      dataDirHostPath: dataDirectory,
      // An upgrade goes on only while everything is whole.
      skipUpgradeChecks: false,
      continueUpgradeAfterChecksEvenIfNotHealthy: false,
      removeOsDsIfOutAndSafeToRemove: false,
      // Volumes are mounted by the nodes' kernels, and those before 7.0 know no other keys.
      security: { cephx: { csi: { keyType: CephClusterSpecSecurityCephxCsiKeyType.AES } } },
      mon: { count: monitors, allowMultiplePerNode: false },
      // The orchestrator would let Ceph's dashboard change what git says.
      mgr: { count: managers, allowMultiplePerNode: false, modules: [{ name: "rook", enabled: false }] },
      // Behind the cluster's ingress, which ends TLS.
      dashboard: { enabled: true, ssl: false },
      // Metrics are served; who scrapes them is not Rook's to say.
      monitoring: { enabled: false, metricsDisabled: false },
      crashCollector: { disable: false, daysToRetain: 30 },
      logCollector: { enabled: true, periodicity: CephClusterSpecLogCollectorPeriodicity.DAILY, maxLogSize: "500M" },
      disruptionManagement: { managePodBudgets: true, osdMaintenanceTimeout: 30 },
      placement: { all: onHosts(hosts, pods) },
      priorityClassNames: { all: pods.priorityClassName, mon: "system-node-critical", osd: "system-node-critical", mgr: "system-cluster-critical" },
      resources: {
        mon: resourcesOf(takes.monitor),
        mgr: resourcesOf(takes.manager),
        "mgr-sidecar": resourcesOf(takes.managerSidecar),
        osd: resourcesOf(osdTakes(settings)),
        prepareosd: resourcesOf(takes.osdPrepare),
        crashcollector: resourcesOf(takes.crashCollector),
        exporter: resourcesOf(takes.exporter),
        logcollector: resourcesOf(takes.logCollector),
        "cmd-reporter": resourcesOf(takes.versionDetector),
      },
      cephConfig: { global: { osd_pool_default_size: String(replicas), ...(replicas === 1 ? { mon_warn_on_pool_no_redundancy: "false" } : {}) } },
      healthCheck: { daemonHealth: { mon: { disabled: false, interval: "45s" }, osd: { disabled: false, interval: "60s" }, status: { disabled: false, interval: "60s" } } },
      storage: {
        useAllNodes: false,
        useAllDevices: false,
        nodes: hosts.map((host) => ({ name: host.name, devices: host.disks.map((disk) => ({ name: diskPath(disk.id) })) })),
        // Ceph's own defaults, written out: what claims may add up to is counted with the first.
        nearFullRatio,
        backfillFullRatio: 0.9,
        fullRatio: 0.95,
      },
    },
  });
}

/** The name of a disk that no reboot and no other cable changes. */
export const diskPath = (id: string): string => `/dev/disk/by-id/${id}`;
