import type { Rule, Watches } from "../../engine/model/needs";
import { exporterPort, managerPorts } from "./calls";

/** Of the whole cluster, from whichever manager is active: src/pybind/mgr/prometheus/module.py in Ceph. */
const clusterSeries = [
  "ceph_health_status",
  "ceph_health_detail{name, severity}",
  "ceph_healthcheck_slow_ops",
  "ceph_daemon_health_metrics{type, ceph_daemon}",
  "ceph_mon_metadata{ceph_daemon, hostname, public_addr, rank, ceph_version}",
  "ceph_mon_quorum_status{ceph_daemon}",
  "ceph_mgr_status{ceph_daemon}",
  "ceph_mds_metadata",
  "ceph_rgw_metadata",
  "ceph_osd_metadata{ceph_daemon, device_class, hostname, ceph_version}",
  "ceph_disk_occupation{ceph_daemon, device, instance}",
  "ceph_osd_in{ceph_daemon}",
  "ceph_osd_up{ceph_daemon}",
  "ceph_osd_weight{ceph_daemon}",
  "ceph_osd_apply_latency_ms{ceph_daemon}",
  "ceph_osd_commit_latency_ms{ceph_daemon}",
  "ceph_cluster_total_bytes",
  "ceph_cluster_total_used_bytes",
  "ceph_cluster_total_used_raw_bytes",
  "ceph_pool_metadata{pool_id, name}",
  "ceph_pool_max_avail{pool_id}",
  "ceph_pool_stored{pool_id}",
  "ceph_pool_stored_raw{pool_id}",
  "ceph_pool_objects{pool_id}",
  "ceph_pool_percent_used{pool_id}",
  "ceph_pool_rd{pool_id}",
  "ceph_pool_rd_bytes{pool_id}",
  "ceph_pool_wr{pool_id}",
  "ceph_pool_wr_bytes{pool_id}",
  "ceph_pool_recovering_bytes_per_sec{pool_id}",
  "ceph_pg_total{pool_id}",
  "ceph_pg_active{pool_id}",
  "ceph_pg_clean{pool_id}",
  "ceph_pg_degraded{pool_id}",
  "ceph_pg_undersized{pool_id}",
  "ceph_pg_backfilling{pool_id}",
  "ceph_pg_recovering{pool_id}",
  "ceph_num_objects_degraded",
  "ceph_num_objects_misplaced",
  "ceph_num_objects_unfound",
] as const;

/** Of each daemon, from an exporter on its node. */
const daemonSeries = [
  "ceph_osd_numpg{ceph_daemon}",
  "ceph_osd_op_r{ceph_daemon}",
  "ceph_osd_op_w{ceph_daemon}",
  "ceph_osd_op_r_out_bytes{ceph_daemon}",
  "ceph_osd_op_w_in_bytes{ceph_daemon}",
  "ceph_osd_op_r_latency_sum{ceph_daemon}",
  "ceph_osd_op_r_latency_count{ceph_daemon}",
  "ceph_osd_op_w_latency_sum{ceph_daemon}",
  "ceph_osd_op_w_latency_count{ceph_daemon}",
  "ceph_osd_recovery_ops{ceph_daemon}",
  "ceph_osd_stat_bytes{ceph_daemon}",
  "ceph_osd_stat_bytes_used{ceph_daemon}",
  "ceph_mon_num_sessions{ceph_daemon}",
] as const;

/** One of Ceph's own health checks, by the name that `ceph health detail` gives: https://docs.ceph.com/en/tentacle/rados/operations/health-checks/ */
const healthCheck = (name: string): string => `ceph_health_detail{name=~"${name}"} == 1`;

const health: readonly Rule[] = [
  {
    alert: "CephHealthError",
    expr: "ceph_health_status == 2",
    for: "5m",
    severity: "critical",
    summary: "Ceph is in error",
    description: "Data is at risk or out of reach. `ceph health detail` says which; the runbook of this cluster says how to ask.",
  },
  {
    alert: "CephHealthWarning",
    expr: "ceph_health_status == 1",
    for: "30m",
    severity: "warning",
    summary: "Ceph has been warning for half an hour",
    description: "`ceph health detail` says of what. Nothing is lost yet.",
  },
  {
    alert: "CephSilent",
    expr: "absent(ceph_health_status)",
    for: "10m",
    severity: "critical",
    summary: "No manager tells how Ceph is",
    description: "No manager is active, or nobody may scrape it: everything below would stay silent too.",
  },
  {
    alert: "CephMonitorQuorumAtRisk",
    expr: "sum(ceph_mon_quorum_status) <= floor(count(ceph_mon_quorum_status) / 2) + 1 and count(ceph_mon_quorum_status) > sum(ceph_mon_quorum_status)",
    for: "1m",
    severity: "critical",
    summary: "One more lost monitor stops Ceph",
    description: "Without a majority of the monitors nobody reads or writes. Bring the missing one's node back.",
  },
  {
    alert: "CephClockSkew",
    expr: healthCheck("MON_CLOCK_SKEW"),
    for: "5m",
    severity: "warning",
    summary: "The clocks of the monitors' hosts differ",
    description: "Monitors leave the quorum when they differ more. See what the hosts take their time from.",
  },
  {
    alert: "CephDaemonCrashed",
    expr: healthCheck("RECENT_CRASH|RECENT_MGR_MODULE_CRASH"),
    for: "1m",
    severity: "warning",
    summary: "A Ceph daemon has crashed",
    description: "`ceph crash ls` lists the reports, and `ceph crash archive-all` closes them once they are read.",
  },
];

const disks: readonly Rule[] = [
  {
    alert: "CephOSDDown",
    expr: "ceph_osd_up == 0",
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.ceph_daemon }} is down",
    description: "Its copies are missing until it is back; after ten minutes Ceph makes new ones elsewhere. A failed disk is replaced as the runbook says.",
  },
  {
    alert: "CephOSDHostDown",
    expr: healthCheck("OSD_HOST_DOWN"),
    for: "5m",
    severity: "critical",
    summary: "All disks of a host are down",
    description: "With the next host, data is out of reach.",
  },
  {
    alert: "CephDiskFailing",
    expr: healthCheck("DEVICE_HEALTH|DEVICE_HEALTH_IN_USE|DEVICE_HEALTH_TOOMANY|BLUESTORE_SPURIOUS_READ_ERRORS|OSD_TOO_MANY_REPAIRS"),
    for: "5m",
    severity: "warning",
    summary: "A disk is about to fail",
    description: "`ceph device ls` names it. Replace it while it still answers, as the runbook says.",
  },
  {
    alert: "CephSlowOperations",
    expr: "ceph_healthcheck_slow_ops > 0",
    for: "5m",
    severity: "warning",
    summary: "{{ $value }} operations take longer than they should",
    description: "A disk, a network link or a host is too slow, or about to fail.",
  },
];

const data: readonly Rule[] = [
  {
    alert: "CephDataDamaged",
    expr: healthCheck("PG_DAMAGED|OSD_SCRUB_ERRORS|OBJECT_UNFOUND"),
    for: "5m",
    severity: "critical",
    summary: "Copies of some data differ, or none is left",
    description: "`ceph health detail` names the placement groups. Do not take any disk out before this is mended.",
  },
  {
    alert: "CephDataUnavailable",
    expr: healthCheck("PG_AVAILABILITY"),
    for: "5m",
    severity: "critical",
    summary: "Some data can be neither read nor written",
    description: "Too few of its copies are there. Bring their hosts or disks back.",
  },
  {
    alert: "CephDataDegraded",
    expr: "sum(ceph_pg_total) - sum(ceph_pg_clean) > 0",
    for: "2h",
    severity: "warning",
    summary: "Some data has had too few copies for two hours",
    description: "Ceph is still copying, or has nowhere to copy to.",
  },
  {
    alert: "CephNearlyFull",
    expr: "ceph_cluster_total_used_raw_bytes / ceph_cluster_total_bytes > 0.75",
    for: "15m",
    severity: "warning",
    summary: "Ceph is {{ $value | humanizePercentage }} full",
    description: "At 85 % it warns itself, at 95 % nobody can write. Delete volumes that were kept after their claims, or add a disk.",
  },
  {
    alert: "CephFull",
    expr: `${healthCheck("OSD_FULL|OSD_BACKFILLFULL|POOL_FULL")} or ceph_cluster_total_used_raw_bytes / ceph_cluster_total_bytes > 0.9`,
    for: "1m",
    severity: "critical",
    summary: "Ceph takes no more, or is about to",
    description: "Writes fail or will fail. Delete what can be made again, then add a disk.",
  },
  {
    alert: "CephFilesystemDown",
    expr: healthCheck("MDS_ALL_DOWN|MDS_DAMAGE|FS_DEGRADED|FS_WITH_FAILED_MDS|MDS_HEALTH_READ_ONLY"),
    for: "5m",
    severity: "critical",
    summary: "The shared file system does not answer as it should",
    description: "No metadata server serves it, or what it serves is damaged. `ceph fs status` says which.",
  },
];

/** What the owner must know before somebody misses their data. */
export const watches: Watches = {
  metrics: {
    cluster: { port: managerPorts.metrics, component: "manager", honorLabels: true, series: clusterSeries },
    daemons: { port: exporterPort, component: "exporter", series: daemonSeries },
  },
  rules: [
    { name: "ceph-health", rules: health },
    { name: "ceph-disks", rules: disks },
    { name: "ceph-data", rules: data },
    {
      name: "ceph-use",
      rules: [
        { record: "ceph:pool_stored_bytes", expr: "ceph_pool_stored * on (pool_id) group_left (name) max by (pool_id, name) (ceph_pool_metadata)" },
        { record: "ceph:used:ratio", expr: "ceph_cluster_total_used_raw_bytes / ceph_cluster_total_bytes" },
      ],
    },
  ],
};
