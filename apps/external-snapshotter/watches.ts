import type { Watches } from "../../engine/model/needs";

/** Metrics and health, on one port of our choice. */
export const httpPort = 8080;

/** https://github.com/kubernetes-csi/external-snapshotter/blob/v8.6.0/pkg/metrics/metrics.go */
export const watches = {
  metrics: {
    controller: {
      port: httpPort,
      series: ["snapshot_controller_operation_total_seconds_bucket{driver_name, operation_name, snapshot_type, operation_status}", "snapshot_controller_operation_total_seconds_count{driver_name, operation_name, snapshot_type, operation_status}", "snapshot_controller_operation_total_seconds_sum{driver_name, operation_name, snapshot_type, operation_status}", "snapshot_controller_operations_in_flight"],
    },
  },
  rules: [
    {
      name: "volume-snapshots",
      rules: [
        {
          alert: "VolumeSnapshotStuck",
          expr: "min_over_time(snapshot_controller_operations_in_flight[1h]) > 0",
          for: "10m",
          severity: "warning",
          summary: "A snapshot has been in the making, or on its way out, for an hour",
          description: "A backup that waits for it will miss its time. The events of the VolumeSnapshot and its VolumeSnapshotContent name what the driver answers.",
        },
      ],
    },
  ],
} as const satisfies Watches;
