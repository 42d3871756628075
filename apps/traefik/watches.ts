import type { Rule, Watches } from "../../engine/model/needs";
import { ports } from "./args";

const requests = "traefik_service_requests_total";
const histogram = (name: string, labels: string): readonly string[] => ["bucket", "sum", "count"].map((part) => `${name}_${part}{${labels}}`);

/** pkg/observability/metrics/prometheus.go */
const ofService = "code, method, protocol, service";
const ofEntrypoint = "code, method, protocol, entrypoint";

/** Traefik 3 counts no failed reload: version 2's metrics for that are gone. What can be seen is that it never had a configuration, or changes it all the time. */
const rules: readonly Rule[] = [
  {
    alert: "TraefikBackendErrors",
    expr: `sum by (service) (rate(${requests}{code=~"5.."}[5m])) / sum by (service) (rate(${requests}[5m])) > 0.05 and sum by (service) (rate(${requests}[5m])) > 0.05`,
    for: "10m",
    severity: "warning",
    summary: "{{ $value | humanizePercentage }} of the requests to {{ $labels.service }} fail",
    description: "The service answers 5xx, or no pod of it is ready. Few requests are not counted: an unused service does not alarm.",
  },
  {
    alert: "TraefikWithoutConfiguration",
    expr: "absent(traefik_config_last_reload_success)",
    for: "10m",
    severity: "critical",
    summary: "No Traefik of the cluster has loaded a configuration",
    description: "Nothing is reachable by its host name: Traefik is down, is not scraped, or cannot read Ingress objects.",
  },
  {
    alert: "TraefikReloadsConstantly",
    expr: "max(increase(traefik_config_reloads_total[1h])) > 600",
    for: "1h",
    severity: "info",
    summary: "Traefik's configuration changed {{ $value | humanize }} times within an hour",
    description: "Pods of a routed service become ready and unready in turn, or two controllers write the same Ingress.",
  },
];

/** Metrics by entry point and by service, and what an owner must know before users do. */
export const watches: Watches = {
  metrics: {
    internal: {
      port: ports.internal,
      // `service` is the one that was routed to, not Traefik's own.
      honorLabels: true,
      series: [
        `${requests}{${ofService}}`,
        "traefik_service_retries_total{service}",
        ...histogram("traefik_service_request_duration_seconds", ofService),
        `traefik_entrypoint_requests_total{${ofEntrypoint}}`,
        ...histogram("traefik_entrypoint_request_duration_seconds", ofEntrypoint),
        "traefik_open_connections{entrypoint, protocol}",
        "traefik_tls_certs_not_after{cn, serial, sans}",
        "traefik_config_reloads_total",
        "traefik_config_last_reload_success",
      ],
    },
  },
  rules: [{ name: "traefik", rules }],
};
