import { graph, number, table, window, type Dashboard } from "./panel";

/** The storage cluster: whether data is safe, how full it is, how fast it answers. */
export const ceph: Dashboard = {
  name: "ceph",
  title: "Ceph",
  rows: [
    {
      title: "Now",
      panels: [
        number("Health (1 warns, 2 is an error)", "short", "max(ceph_health_status)", { badFrom: 1 }),
        number("In use", "percentunit", "max(ceph:used:ratio)", { badFrom: 0.75 }),
        number("Disks down", "short", "count(ceph_osd_up == 0) or vector(0)", { badFrom: 1 }),
        number("Placement groups not clean", "short", "sum(ceph_pg_total) - sum(ceph_pg_clean)", { badFrom: 1 }),
      ],
    },
    {
      title: "Health",
      panels: [
        table("What it warns of", "short", "max by (name, severity) (ceph_health_detail) > 0", { badFrom: 1 }),
        graph("Placement groups", "short", { degraded: "sum(ceph_pg_degraded)", undersized: "sum(ceph_pg_undersized)", backfilling: "sum(ceph_pg_backfilling)", recovering: "sum(ceph_pg_recovering)" }),
        graph("Objects", "short", { degraded: "sum(ceph_num_objects_degraded)", misplaced: "sum(ceph_num_objects_misplaced)", unfound: "sum(ceph_num_objects_unfound)" }),
        graph("Monitors in the quorum", "short", { monitors: "sum(ceph_mon_quorum_status)" }),
      ],
    },
    {
      title: "Pools",
      panels: [
        graph("Stored", "bytes", { "{{name}}": "sum by (name) (ceph:pool_stored_bytes)" }),
        graph("Room left", "bytes", { "{{name}}": "sum by (name) (ceph_pool_max_avail * on (pool_id) group_left (name) max by (pool_id, name) (ceph_pool_metadata))" }),
        graph("Read and written", "Bps", { read: `sum(rate(ceph_pool_rd_bytes${window}))`, written: `sum(rate(ceph_pool_wr_bytes${window}))` }),
        graph("Operations", "ops", { read: `sum(rate(ceph_pool_rd${window}))`, written: `sum(rate(ceph_pool_wr${window}))` }),
      ],
    },
    {
      title: "Disks",
      panels: [
        graph("Reading takes", "s", { "{{ceph_daemon}}": `sum by (ceph_daemon) (rate(ceph_osd_op_r_latency_sum${window})) / sum by (ceph_daemon) (rate(ceph_osd_op_r_latency_count${window}))` }),
        graph("Writing takes", "s", { "{{ceph_daemon}}": `sum by (ceph_daemon) (rate(ceph_osd_op_w_latency_sum${window})) / sum by (ceph_daemon) (rate(ceph_osd_op_w_latency_count${window}))` }),
        graph("In use", "percentunit", { "{{ceph_daemon}}": "max by (ceph_daemon) (ceph_osd_stat_bytes_used) / max by (ceph_daemon) (ceph_osd_stat_bytes)" }, { badFrom: 0.85 }),
        graph("Slow operations", "short", { operations: "sum(ceph_healthcheck_slow_ops)" }, { badFrom: 1 }),
      ],
    },
  ],
};
