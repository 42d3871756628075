import type { Watches } from "../../engine/model/needs";

export const port = 3000;

/** What Grafana tells of itself: pkg/infra/metrics/metrics.go, pkg/middleware/request_metrics.go and datasource_metrics_middleware.go of its httpclientprovider. */
const series = [
  "grafana_build_info",
  "grafana_datasource_request_total{datasource, datasource_type, code, method}",
  "grafana_http_request_duration_seconds_bucket{handler, status_code, method}",
  "grafana_http_request_duration_seconds_count{handler, status_code, method}",
  "grafana_http_request_duration_seconds_sum{handler, status_code, method}",
  "grafana_stat_totals_dashboard",
  "process_start_time_seconds",
  "process_resident_memory_bytes",
] as const;

const asked = "grafana_datasource_request_total";
const answered = "grafana_http_request_duration_seconds_count";

/** What makes dashboards stay empty while everything they show is well. */
export const watches: Watches = {
  metrics: { web: { port, series } },
  rules: [
    {
      name: "grafana",
      rules: [
        {
          alert: "GrafanaDataSourceFails",
          expr: `sum by (namespace, datasource) (rate(${asked}{code=~"5.."}[10m])) / sum by (namespace, datasource) (rate(${asked}[10m])) > 0.5`,
          for: "15m",
          severity: "warning",
          summary: "Grafana gets no answers from {{ $labels.datasource }}",
          description: "{{ $value | humanizePercentage }} of the queries fail: dashboards stay empty.",
        },
        {
          alert: "GrafanaErrors",
          expr: `sum by (namespace) (rate(${answered}{status_code=~"5.."}[10m])) / sum by (namespace) (rate(${answered}[10m])) > 0.2 and sum by (namespace) (rate(${answered}{status_code=~"5.."}[10m])) > 0.05`,
          for: "15m",
          severity: "warning",
          summary: "Grafana fails {{ $value | humanizePercentage }} of what browsers ask",
          description: "Its log says why. A restart gives it an empty database, into which everything is provisioned again.",
        },
      ],
    },
  ],
};
