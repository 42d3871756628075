import type { RuleGroup } from "../../engine/model/needs";

/** https://github.com/kubernetes-sigs/metrics-server/tree/v0.9.0/pkg: scraper, storage, server and api. */
export const series = [
  "metrics_server_kubelet_last_request_time_seconds{node}",
  "metrics_server_kubelet_request_duration_seconds_count{node}",
  "metrics_server_kubelet_request_duration_seconds_sum{node}",
  "metrics_server_kubelet_request_total{success}",
  "metrics_server_storage_points",
] as const;

export const rules: readonly RuleGroup[] = [
  {
    name: "metrics-server",
    rules: [
      {
        alert: "MetricsServerCannotReadKubelets",
        expr:
          'sum(rate(metrics_server_kubelet_request_total{success="false"}[10m])) / sum(rate(metrics_server_kubelet_request_total[10m])) > 0.1',
        for: "15m",
        severity: "warning",
        summary: "metrics-server does not read some kubelets",
        description: "{{ $value | humanizePercentage }} of its requests fail: kubectl top and autoscalers see nothing of the pods there.",
      },
    ],
  },
];
