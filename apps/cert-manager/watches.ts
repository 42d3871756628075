import type { Rule, Watches } from "../../engine/model/needs";
import { metricsPort } from "./controller";

const certificate = "certmanager_certificate";
const acmeRequests = "certmanager_http_acme_client_request_count";

/** Of the whole lifetime, how much is left: certificates of a week and of ten years are late by the same measure. */
const lifetimeLeft = `(${certificate}_not_after_timestamp_seconds - time()) / (${certificate}_not_after_timestamp_seconds - ${certificate}_not_before_timestamp_seconds)`;

const certificates: readonly Rule[] = [
  {
    alert: "CertificateExpiresSoon",
    // Renewed at a third of its life, or when renewBefore says: a fifth is late, for the authority's ten years as well.
    expr: `${lifetimeLeft} < 0.19`,
    for: "1h",
    severity: "critical",
    summary: "Certificate {{ $labels.namespace }}/{{ $labels.name }} was not renewed",
    description: "{{ $value | humanizePercentage }} of its life is left. Its CertificateRequest says what failed.",
  },
  {
    alert: "CertificateNotReady",
    expr: `max by (namespace, name, issuer_name) (${certificate}_ready_status{condition!="True"} == 1)`,
    for: "15m",
    severity: "warning",
    summary: "Certificate {{ $labels.namespace }}/{{ $labels.name }} is not ready",
    description: "The issuer {{ $labels.issuer_name }} has not signed it, or its Secret does not fit it. Its conditions say why.",
  },
];

const issuers: readonly Rule[] = [
  {
    alert: "IssuerNotReady",
    expr: 'max by (name) (certmanager_clusterissuer_ready_status{condition!="True"} == 1)',
    for: "10m",
    severity: "critical",
    summary: "Nobody gets certificates from {{ $labels.name }}",
    description: "The ClusterIssuer is not ready: its key is missing, or its ACME account cannot be registered.",
  },
  {
    alert: "AcmeRequestsFail",
    // 999 stands for no answer at all (pkg/acme/client/http.go); a 400 may be a nonce that was used up, which is tried again.
    expr: `sum by (host, status) (increase(${acmeRequests}{status=~"403|429|5..|999"}[1h])) > 3`,
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.host }} answers cert-manager with {{ $labels.status }}",
    description: "429: a rate limit, which lasts up to a week. 403: the account or the name is refused. 999: it cannot be reached.",
  },
];

/** Metrics of the controller, which knows every certificate (internal/collectors and pkg/metrics), and what an owner must know before browsers complain. */
export const watches: Watches = {
  metrics: {
    controller: {
      port: metricsPort,
      // `namespace` and `name` are the certificates', not cert-manager's.
      honorLabels: true,
      series: [
        `${certificate}_ready_status{name, namespace, condition, issuer_name, issuer_kind, issuer_group}`,
        ...["expiration", "not_after", "not_before", "renewal"].map((what) => `${certificate}_${what}_timestamp_seconds{name, namespace, issuer_name, issuer_kind, issuer_group}`),
        `${certificate}_challenge_status{name, namespace, domain, status, reason, processing, type}`,
        "certmanager_issuer_ready_status{name, namespace, condition}",
        "certmanager_clusterissuer_ready_status{name, condition}",
        "certmanager_controller_sync_call_count{controller}",
        "certmanager_controller_sync_error_count{controller}",
        `${acmeRequests}{scheme, host, action, method, status}`,
      ],
    },
    webhook: { port: metricsPort, component: "webhook", series: ["process_start_time_seconds", "go_goroutines"] },
    cainjector: { port: metricsPort, component: "cainjector", series: ["process_start_time_seconds", "go_goroutines", "controller_runtime_reconcile_errors_total"] },
  },
  rules: [{ name: "cert-manager", rules: [...certificates, ...issuers] }],
};
