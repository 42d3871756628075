import type { Rule, Watches } from "../../engine/model/needs";
import { ports } from "./args";

const answers = "nginx_ingress_controller_upstream_server_response_latency_ms";
const answered = `${answers}_count`;
const reload = "nginx_ingress_controller_nginx_last_reload_status";

const rules: readonly Rule[] = [
  {
    alert: "NginxBackendErrors",
    expr: `sum by (resource_namespace, service) (rate(${answered}{code=~"5.."}[5m])) / sum by (resource_namespace, service) (rate(${answered}[5m])) > 0.05 and sum by (resource_namespace, service) (rate(${answered}[5m])) > 0.05`,
    for: "10m",
    severity: "warning",
    summary: "{{ $value | humanizePercentage }} of the requests to {{ $labels.resource_namespace }}/{{ $labels.service }} fail",
    description: "The service answers 5xx. Few requests are not counted: an unused service does not alarm.",
  },
  {
    alert: "NginxReloadFailed",
    expr: `min by (instance) (${reload}) == 0`,
    for: "5m",
    severity: "critical",
    summary: "NGINX at {{ $labels.instance }} runs an old configuration",
    description: "NGINX refused what the controller wrote, and goes on with the one before: new routes and certificates do not arrive. Its log names the Ingress.",
  },
  {
    alert: "NginxWithoutConfiguration",
    expr: `absent(${reload})`,
    for: "10m",
    severity: "critical",
    summary: "No NGINX of the cluster has loaded a configuration",
    description: "Nothing is reachable by its host name: NGINX is down, is not scraped, or cannot read Ingress objects.",
  },
];

/** What the controller and NGINX count, at 5.5.4: internal/metrics/collectors, and nginx-prometheus-exporter 1.5. */
export const watches: Watches = {
  metrics: {
    metrics: {
      port: ports.metrics,
      // `service` is the one that was routed to, not NGINX's own.
      honorLabels: true,
      series: [
        ...["bucket", "sum", "count"].map((part) => `${answers}_${part}{upstream, server, code, service, resource_type, resource_name, resource_namespace, pod_name}`),
        reload,
        "nginx_ingress_controller_nginx_reloads_total",
        "nginx_ingress_controller_nginx_reload_errors_total",
        "nginx_ingress_controller_ingress_resources_total",
        "nginx_ingress_nginx_http_requests_total",
        "nginx_ingress_nginx_connections_active",
        "nginx_ingress_nginx_up",
      ],
    },
  },
  rules: [{ name: "nginx-ingress", rules }],
};
