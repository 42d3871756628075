import type { Case } from "../promtool";

const claim = { namespace: "ollama", persistentvolumeclaim: "models", node: "forge-7" };
const volume = '{namespace="ollama", persistentvolumeclaim="models", node="forge-7"}';
const pod = { namespace: "prometheus", pod: "prometheus-prometheus-0" };
const own = '{namespace="prometheus", pod="prometheus-prometheus-0"}';

export const prometheusCases: readonly Case[] = [
  { says: "the watchdog always barks", alert: "Watchdog", series: {}, at: "1m", fires: [{ severity: "info" }] },
  {
    says: "targets that are down are counted by job",
    alert: "TargetDown",
    series: { 'up{namespace="ollama", job="ollama", instance="a"}': "0x20", 'up{namespace="ollama", job="ollama", instance="b"}': "0x20", 'up{namespace="web", job="ui", instance="c"}': "1x20" },
    at: "15m",
    fires: [{ namespace: "ollama", job: "ollama", severity: "warning" }],
  },
  { says: "a target that misses a scrape or two is not down", alert: "TargetDown", series: { 'up{namespace="ollama", job="ollama", instance="a"}': "1x3 0x5 1x10" }, at: "15m" },
  {
    says: "a volume with 2% left is full, and what is worse is said beside it",
    alert: "VolumeFull",
    series: { [`kubelet_volume_stats_available_bytes${volume}`]: "2x60", [`kubelet_volume_stats_capacity_bytes${volume}`]: "100x60" },
    at: "40m",
    fires: [{ ...claim, severity: "warning" }, { ...claim, severity: "critical" }],
  },
  {
    says: "a volume with a fifth left is not",
    alert: "VolumeFull",
    series: { [`kubelet_volume_stats_available_bytes${volume}`]: "20x60", [`kubelet_volume_stats_capacity_bytes${volume}`]: "100x60" },
    at: "40m",
  },
  {
    says: "a volume that loses a quarter percent an hour fills up within four days",
    alert: "VolumeFillingUp",
    series: { [`kubelet_volume_stats_available_bytes${volume}`]: "22-0.005x600", [`kubelet_volume_stats_capacity_bytes${volume}`]: "100x600" },
    at: "8h",
    fires: [{ ...claim, severity: "warning" }],
  },
  {
    says: "a volume that gains room does not",
    alert: "VolumeFillingUp",
    series: { [`kubelet_volume_stats_available_bytes${volume}`]: "22+0.005x600", [`kubelet_volume_stats_capacity_bytes${volume}`]: "100x600" },
    at: "8h",
  },
  {
    says: "a container near its memory limit is told",
    alert: "ContainerNearMemoryLimit",
    series: {
      'container_memory_working_set_bytes{namespace="a", pod="b", container="c"}': "98x30",
      'container_spec_memory_limit_bytes{namespace="a", pod="b", container="c"}': "100x30",
    },
    at: "20m",
    fires: [{ namespace: "a", pod: "b", container: "c", severity: "info" }],
  },
  {
    says: "a container without a limit is near none",
    alert: "ContainerNearMemoryLimit",
    series: {
      'container_memory_working_set_bytes{namespace="a", pod="b", container="c"}': "98x30",
      'container_spec_memory_limit_bytes{namespace="a", pod="b", container="c"}': "0x30",
    },
    at: "20m",
  },
  { says: "an API server that nobody reaches is missing", alert: "ApiServerMissing", series: { 'up{job="apiserver", instance="a"}': "0x30" }, at: "20m", fires: [{ severity: "critical" }] },
  { says: "one of three is enough", alert: "ApiServerMissing", series: { 'up{job="apiserver", instance="a"}': "0x30", 'up{job="apiserver", instance="b"}': "1x30" }, at: "20m" },
  {
    says: "an API server with a tenth of errors fails",
    alert: "ApiServerErrors",
    series: { 'apiserver_request_total{code="500"}': "0+10x30", 'apiserver_request_total{code="200"}': "0+90x30" },
    at: "20m",
    fires: [{ severity: "critical" }],
  },
  { says: "refusals are no failures", alert: "ApiServerErrors", series: { 'apiserver_request_total{code="403"}': "0+90x30", 'apiserver_request_total{code="200"}': "0+90x30" }, at: "20m" },
  {
    says: "an API whose server is gone is named",
    alert: "AggregatedApiDown",
    series: { 'aggregator_unavailable_apiservice{name="v1beta1.metrics.k8s.io"}': "1x20", 'aggregator_unavailable_apiservice{name="v1."}': "0x20" },
    at: "15m",
    fires: [{ name: "v1beta1.metrics.k8s.io", severity: "warning" }],
  },
  { says: "a certificate that ends within a week is noticed", alert: "ClientCertificateExpiring", series: certificates("0+1x30"), at: "20m", fires: [{ severity: "warning" }] },
  { says: "certificates that last for months are not", alert: "ClientCertificateExpiring", series: certificates("0x30"), at: "20m" },
  { says: "a Prometheus that knows no Alertmanager says so", alert: "PrometheusWithoutAlertmanager", series: { [`prometheus_notifications_alertmanagers_discovered${own}`]: "0x30" }, at: "15m", fires: [{ ...pod, severity: "warning" }] },
  { says: "a Prometheus that appends nothing says so", alert: "PrometheusNotIngesting", series: { [`prometheus_tsdb_head_samples_appended_total${own}`]: "500x30" }, at: "20m", fires: [{ ...pod, severity: "critical" }] },
  { says: "a Prometheus at work does not", alert: "PrometheusNotIngesting", series: { [`prometheus_tsdb_head_samples_appended_total${own}`]: "0+500x30" }, at: "20m" },
  { says: "rules that fail are named by their group", alert: "PrometheusRuleFailures", series: { 'prometheus_rule_evaluation_failures_total{namespace="prometheus", pod="prometheus-prometheus-0", rule_group="pods"}': "0+1x40" }, at: "25m", fires: [{ ...pod, rule_group: "pods", severity: "warning" }] },
  { says: "a configuration that was refused is noticed", alert: "PrometheusConfigurationRefused", series: { [`prometheus_config_last_reload_successful${own}`]: "1x5 0x30" }, at: "25m", fires: [{ ...pod, severity: "critical" }] },
  { says: "more series than are planned for are told", alert: "PrometheusMoreSeriesThanPlanned", series: { [`prometheus_tsdb_head_series${own}`]: "120000x500" }, at: "8h", fires: [{ ...pod, severity: "info" }] },
  { says: "a rollout's many for a while are not", alert: "PrometheusMoreSeriesThanPlanned", series: { [`prometheus_tsdb_head_series${own}`]: "120000x60 80000x440" }, at: "8h" },
  { says: "history that a full volume cut short is told", alert: "PrometheusHistoryShortened", series: history("95"), at: "8h", fires: [{ ...pod, severity: "info" }] },
  { says: "history that is short because Prometheus is young is not", alert: "PrometheusHistoryShortened", series: history("10"), at: "8h" },
  {
    says: "remote write that falls behind is noticed",
    alert: "PrometheusRemoteWriteBehind",
    series: {
      'prometheus_remote_storage_queue_highest_timestamp_seconds{namespace="prometheus", pod="prometheus-prometheus-0", remote_name="lab"}': "1000+60x40",
      'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{namespace="prometheus", pod="prometheus-prometheus-0", remote_name="lab"}': "1000x40",
    },
    at: "25m",
    fires: [{ ...pod, remote_name: "lab", severity: "warning" }],
  },
];

/** How many clients present a certificate that ends within a week, beside many that do not. */
function certificates(endingSoon: string): Readonly<Record<string, string>> {
  return {
    'apiserver_client_certificate_expiration_seconds_bucket{le="604800.0"}': endingSoon,
    'apiserver_client_certificate_expiration_seconds_bucket{le="31104000.0"}': "0+10x30",
    'apiserver_client_certificate_expiration_seconds_bucket{le="+Inf"}': "0+10x30",
  };
}

/** A Prometheus that is to keep ten days and began when the test does, with this much of its 100 bytes in use. */
function history(used: string): Readonly<Record<string, string>> {
  return {
    [`prometheus_tsdb_lowest_timestamp_seconds${own}`]: "0x600",
    [`prometheus_tsdb_retention_limit_seconds${own}`]: "864000x600",
    [`prometheus_tsdb_storage_blocks_bytes${own}`]: `${used}x600`,
    [`prometheus_tsdb_wal_storage_size_bytes${own}`]: "1x600",
    [`prometheus_tsdb_retention_limit_bytes${own}`]: "100x600",
  };
}
