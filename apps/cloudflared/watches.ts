import type { Watches } from "../../engine/model/needs";

const requests = "cloudflared_tunnel_total_requests";
const failed = "cloudflared_tunnel_request_errors";

/** proxy/metrics.go, supervisor/metrics.go and connection/metrics.go at 2026.8.2. */
const series = ["cloudflared_tunnel_ha_connections", "cloudflared_tunnel_concurrent_requests_per_tunnel", "cloudflared_tunnel_response_by_code{status_code}", requests, failed] as const;

/** Whoever is at home does not notice that nobody outside gets in. */
export const watches = (port: number, namespace: string, runbook: string): Watches => ({
  metrics: { metrics: { port, series } },
  rules: [
    {
      name: "cloudflared",
      rules: [
        {
          alert: "TunnelDown",
          expr: `sum(cloudflared_tunnel_ha_connections{namespace="${namespace}"}) == 0 or absent(cloudflared_tunnel_ha_connections{namespace="${namespace}"})`,
          for: "10m",
          severity: "critical",
          summary: "Nobody gets in from the internet",
          description: `No connection to Cloudflare is up: the line is down, the tunnel was deleted, or its token is not valid any more. kubectl -n ${namespace} logs deploy/cloudflared. See ${runbook}.`,
        },
        {
          alert: "TunnelRequestsFail",
          expr: `sum(rate(${failed}{namespace="${namespace}"}[10m])) / sum(rate(${requests}{namespace="${namespace}"}[10m])) > 0.05 and sum(rate(${requests}{namespace="${namespace}"}[10m])) > 0.05`,
          for: "10m",
          severity: "warning",
          summary: "{{ $value | humanizePercentage }} of what comes through the tunnel does not reach its app",
          description: `The app has no ready pod, or callers come without having passed Access. kubectl -n ${namespace} logs deploy/cloudflared names which.`,
        },
      ],
    },
  ],
});
