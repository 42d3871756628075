import type { Watches } from "../../engine/model/needs";

/** https://github.com/TwiN/gatus/blob/v5.36.0/metrics/metrics.go */
const series = ["gatus_results_connected_total{key, group, name, type}", "gatus_results_duration_seconds{key, group, name, type}", "gatus_results_endpoint_success{key, group, name, type}", "gatus_results_total{key, group, name, type, success}"] as const;

/** Whatever the status page shows as broken is also said aloud. */
export const watches = (port: number): Watches => ({
  metrics: { web: { port, series } },
  rules: [
    {
      name: "gatus",
      rules: [
        {
          alert: "DoesNotAnswer",
          expr: "max by (group, name) (gatus_results_endpoint_success) == 0",
          for: "10m",
          severity: "warning",
          summary: "{{ $labels.name }} does not answer on {{ $labels.group }}",
          description: "The status page has asked it for ten minutes, within the cluster: its pods are not ready, or answer with errors.",
        },
      ],
    },
  ],
});
