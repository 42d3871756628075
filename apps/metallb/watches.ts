import type { MetricsPort, Rule, Watches } from "../../engine/model/needs";
import type { Site } from "../../engine/model/site";
import { metricsPort } from "./controller";
import { defaultPoolOf } from "./pools";

/** Served over HTTPS with a certificate of the process' own making, to whoever may read `/metrics` (since MetalLB 0.16). */
const metrics = (component: string): Omit<MetricsPort, "series"> => ({ port: metricsPort, scheme: "https", bearer: true, insecureSkipVerify: true, component });

const client = ["metallb_k8s_client_updates_total", "metallb_k8s_client_update_errors_total", "metallb_k8s_client_config_loaded_bool", "metallb_k8s_client_config_stale_bool"];

/** Metrics of both components, and what an owner must know before somebody misses an address. */
export const watches = (site: Site): Watches => ({
  metrics: {
    controller: { ...metrics("controller"), series: [...client, "metallb_allocator_addresses_total{pool}", "metallb_allocator_addresses_in_use_total{pool}"] },
    speaker: {
      ...metrics("speaker"),
      hostNetwork: true,
      series: [...client, "metallb_speaker_announced{service, protocol, node, ip}", "metallb_layer2_requests_received{ip}", "metallb_layer2_responses_sent{ip}", "metallb_layer2_gratuitous_sent{ip}"],
    },
  },
  rules: [{ name: "metallb", rules: [...configuration, ...addresses(defaultPoolOf(site))] }],
});

const configuration: readonly Rule[] = [
  {
    alert: "MetalLBConfigStale",
    expr: "max by (namespace, pod) (metallb_k8s_client_config_stale_bool) == 1",
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.pod }} refuses the latest MetalLB configuration",
    description: "It goes on with the last one that it understood. The conditions of its ConfigurationState name what is wrong.",
  },
  {
    alert: "MetalLBConfigNotLoaded",
    expr: "max by (namespace, pod) (metallb_k8s_client_config_loaded_bool) == 0",
    for: "5m",
    severity: "critical",
    summary: "{{ $labels.pod }} has loaded no MetalLB configuration since it started",
    description: "It neither hands out addresses nor announces any. The conditions of its ConfigurationState name what is wrong.",
  },
];

/** Only the default pool may run out by surprise: the others hold addresses that somebody chose. */
const addresses = (pool: string | undefined): readonly Rule[] => [
  ...(pool === undefined ? [] : [running(pool), exhausted(pool)]),
  {
    alert: "MetalLBAddressNotAnnounced",
    expr: "sum(metallb_allocator_addresses_in_use_total) - (count(count by (ip) (metallb_speaker_announced)) or vector(0)) > 0",
    for: "10m",
    severity: "warning",
    summary: "{{ $value }} addresses of Services are announced by no node",
    description: "A Service keeps its address while none of its pods is ready, and nobody answers for it.",
  },
];

const usageOf = (pool: string): string =>
  `sum by (pool) (metallb_allocator_addresses_in_use_total{pool="${pool}"}) / sum by (pool) (metallb_allocator_addresses_total{pool="${pool}"})`;

const running = (pool: string): Rule => ({
  alert: "MetalLBPoolNearlyExhausted",
  expr: `${usageOf(pool)} > 0.8 < 1`,
  for: "15m",
  severity: "info",
  summary: "Pool {{ $labels.pool }} is {{ $value | humanizePercentage }} used",
  description: "Widen the pool in the cluster's network before the next Services ask for an address.",
});

const exhausted = (pool: string): Rule => ({
  alert: "MetalLBPoolExhausted",
  expr: `${usageOf(pool)} >= 1`,
  for: "1m",
  severity: "warning",
  summary: "Pool {{ $labels.pool }} has no address left",
  description: "The next Service of type LoadBalancer stays pending. Widen the pool in the cluster's network, or free an address.",
});
