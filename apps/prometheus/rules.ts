import type { Rule, RuleGroup } from "../../engine/model/needs";
import { apiServer, containers, kubelets, volumes } from "./kubernetes-rules";

const monitoring: readonly Rule[] = [
  {
    alert: "Watchdog",
    expr: "vector(1)",
    severity: "info",
    summary: "Alerts work",
    description: "It always fires: whoever stops hearing it knows that Prometheus or Alertmanager is down.",
  },
  {
    alert: "TargetDown",
    expr: "count by (namespace, job) (up == 0)",
    for: "10m",
    severity: "warning",
    summary: "{{ $labels.job }} cannot be scraped",
    description: "{{ $value }} of its targets do not answer: they are down, or a policy keeps Prometheus out. The page Status, Target health says which.",
  },
  {
    alert: "TargetSlow",
    expr: "max by (namespace, job, instance) (scrape_duration_seconds) > 8",
    for: "30m",
    severity: "info",
    summary: "{{ $labels.job }} is slow to scrape",
    description: "{{ $labels.instance }} takes {{ $value | humanizeDuration }}; after ten seconds the scrape is given up.",
  },
];

const prometheus: readonly Rule[] = [
  {
    alert: "PrometheusConfigurationRefused",
    expr: "min by (namespace, pod) (max_over_time(prometheus_config_last_reload_successful[5m])) == 0",
    for: "10m",
    severity: "critical",
    summary: "Prometheus runs on an old configuration",
    description: "{{ $labels.pod }} could not load the present one: new targets and rules are missing. Its log says why.",
  },
  {
    alert: "PrometheusRuleFailures",
    expr: "sum by (namespace, pod, rule_group) (increase(prometheus_rule_evaluation_failures_total[5m])) > 0",
    for: "15m",
    severity: "warning",
    summary: "Prometheus cannot evaluate some rules",
    description: "Those of {{ $labels.rule_group }} fail: their alerts do not fire.",
  },
  {
    alert: "PrometheusRulesSlow",
    expr: "sum by (namespace, pod, rule_group) (increase(prometheus_rule_group_iterations_missed_total[5m])) > 0",
    for: "15m",
    severity: "warning",
    summary: "Prometheus leaves out evaluations of rules",
    description: "{{ $labels.rule_group }} takes longer than its interval.",
  },
  {
    alert: "PrometheusWithoutAlertmanager",
    expr: "max by (namespace, pod) (max_over_time(prometheus_notifications_alertmanagers_discovered[5m])) < 1",
    for: "10m",
    severity: "warning",
    summary: "Alerts reach nobody",
    description: "{{ $labels.pod }} knows of no Alertmanager.",
  },
  {
    alert: "PrometheusAlertsLost",
    expr: "sum by (namespace, pod) (rate(prometheus_notifications_dropped_total[5m])) > 0",
    for: "10m",
    severity: "warning",
    summary: "Prometheus drops alerts",
    description: "{{ $labels.pod }} cannot deliver them to Alertmanager.",
  },
  {
    alert: "PrometheusNotIngesting",
    expr: "sum by (namespace, pod) (rate(prometheus_tsdb_head_samples_appended_total[5m])) <= 0",
    for: "10m",
    severity: "critical",
    summary: "Prometheus stores nothing",
    description: "{{ $labels.pod }} runs and appends no samples: most often its volume is full.",
  },
  {
    alert: "PrometheusStorageFailing",
    expr:
      "sum by (namespace, pod) (increase(prometheus_tsdb_compactions_failed_total[3h]) + increase(prometheus_tsdb_reloads_failures_total[3h]) + increase(prometheus_tsdb_wal_corruptions_total[3h]) + increase(prometheus_tsdb_wal_writes_failed_total[3h])) > 0",
    for: "15m",
    severity: "warning",
    summary: "Prometheus has trouble with its volume",
    description: "{{ $labels.pod }} could not compact, reload or log its data within three hours: the volume is full or damaged.",
  },
  {
    alert: "PrometheusHistoryShortened",
    // Kept for less than asked because the volume is full, and not because Prometheus is young.
    expr:
      "max by (namespace, pod) (time() - prometheus_tsdb_lowest_timestamp_seconds < prometheus_tsdb_retention_limit_seconds * 0.7 and prometheus_tsdb_storage_blocks_bytes + prometheus_tsdb_wal_storage_size_bytes > prometheus_tsdb_retention_limit_bytes * 0.9) > 0",
    for: "6h",
    severity: "info",
    summary: "Prometheus keeps less than its retention",
    description: "{{ $labels.pod }} keeps {{ $value | humanizeDuration }}; its volume holds no more. Enlarge `space`, or shorten `retention`.",
  },
  {
    alert: "PrometheusSamplesRefused",
    expr:
      "sum by (namespace, pod) (rate(prometheus_target_scrapes_sample_duplicate_timestamp_total[5m]) + rate(prometheus_target_scrapes_sample_out_of_order_total[5m])) > 0",
    for: "1h",
    severity: "info",
    summary: "Two targets write the same series",
    description: "{{ $labels.pod }} drops samples: something is scraped twice, or serves timestamps of its own.",
  },
];

const remoteWrite: readonly Rule[] = [
  {
    alert: "PrometheusRemoteWriteFailing",
    expr:
      "sum by (namespace, pod, remote_name) (rate(prometheus_remote_storage_samples_failed_total[5m])) / sum by (namespace, pod, remote_name) (rate(prometheus_remote_storage_samples_total[5m])) > 0.01",
    for: "15m",
    severity: "warning",
    summary: "Samples do not arrive where they are also kept",
    description: "{{ $value | humanizePercentage }} of what {{ $labels.pod }} sends to {{ $labels.remote_name }} is refused and lost.",
  },
  {
    alert: "PrometheusRemoteWriteBehind",
    expr:
      "max by (namespace, pod, remote_name) (max_over_time(prometheus_remote_storage_queue_highest_timestamp_seconds[5m]) - max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds[5m])) > 120",
    for: "15m",
    severity: "warning",
    summary: "Samples arrive late where they are also kept",
    description: "{{ $labels.pod }} is {{ $value | humanizeDuration }} behind with {{ $labels.remote_name }}. After two hours it loses them.",
  },
];

/** What its volume is sized by holds: the synth can only plan. */
const moreThanPlanned = (series: number): Rule => ({
  alert: "PrometheusMoreSeriesThanPlanned",
  expr: `max by (namespace, pod) (max_over_time(prometheus_tsdb_head_series[2h])) > ${series}`,
  for: "6h",
  severity: "info",
  summary: "Prometheus has more series than its volume is planned for",
  description: `{{ $labels.pod }} has {{ $value | humanize }}, and ${series} are planned: raise \`series\`, and see whether its history still fits.`,
});

/** What can go wrong with monitoring itself, and with what only Prometheus scrapes: kubelets and the API server. */
export const rulesOf = (options: { readonly remoteWrite: boolean; readonly series: number }): readonly RuleGroup[] => [
  { name: "monitoring", rules: monitoring },
  { name: "prometheus", rules: [...prometheus, moreThanPlanned(options.series)] },
  ...(options.remoteWrite ? [{ name: "remote-write", rules: remoteWrite }] : []),
  { name: "containers", rules: containers },
  { name: "volumes", rules: volumes },
  { name: "kubelets", rules: kubelets },
  { name: "api-server", rules: apiServer },
];
