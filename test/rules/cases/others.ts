import type { Case } from "../promtool";

export const alertmanagerCases: readonly Case[] = [
  {
    says: "a way out that does not work is named",
    alert: "AlertmanagerCannotNotify",
    series: {
      'alertmanager_notifications_failed_total{namespace="alertmanager", integration="webhook"}': "0+1x40",
      'alertmanager_notifications_total{namespace="alertmanager", integration="webhook"}': "0+2x40",
      'alertmanager_notifications_failed_total{namespace="alertmanager", integration="email"}': "0x40",
      'alertmanager_notifications_total{namespace="alertmanager", integration="email"}': "0+2x40",
    },
    at: "30m",
    fires: [{ namespace: "alertmanager", integration: "webhook", severity: "critical" }],
  },
  {
    says: "two that do not see each other are told",
    alert: "AlertmanagerAlone",
    series: { 'alertmanager_cluster_members{namespace="alertmanager", pod="alertmanager-alertmanager-0"}': "1x40" },
    at: "30m",
    fires: [{ namespace: "alertmanager", severity: "warning" }],
  },
  { says: "two that do are not", alert: "AlertmanagerAlone", series: { 'alertmanager_cluster_members{namespace="alertmanager", pod="alertmanager-alertmanager-0"}': "2x40" }, at: "30m" },
  {
    says: "a configuration that was refused is noticed",
    alert: "AlertmanagerConfigurationRefused",
    series: { 'alertmanager_config_last_reload_successful{namespace="alertmanager", pod="alertmanager-alertmanager-0"}': "1x5 0x30" },
    at: "25m",
    fires: [{ namespace: "alertmanager", pod: "alertmanager-alertmanager-0", severity: "critical" }],
  },
];

export const prometheusOperatorCases: readonly Case[] = [
  {
    says: "objects that it refuses are counted by kind",
    alert: "PrometheusOperatorRejectedResources",
    series: { 'prometheus_operator_managed_resources{controller="prometheus", resource="ServiceMonitor", state="rejected"}': "1x30", 'prometheus_operator_managed_resources{controller="prometheus", resource="PrometheusRule", state="rejected"}': "0x30" },
    at: "15m",
    fires: [{ controller: "prometheus", resource: "ServiceMonitor", state: "rejected", severity: "warning" }],
  },
  {
    says: "a controller that never gets ready is named",
    alert: "PrometheusOperatorNotReady",
    series: { 'prometheus_operator_ready{controller="alertmanager"}': "0x30", 'prometheus_operator_ready{controller="prometheus"}': "1x30" },
    at: "15m",
    fires: [{ controller: "alertmanager", severity: "warning" }],
  },
];

export const metricsServerCases: readonly Case[] = [
  {
    says: "kubelets that do not answer are told",
    alert: "MetricsServerCannotReadKubelets",
    series: { 'metrics_server_kubelet_request_total{success="false"}': "0+4x40", 'metrics_server_kubelet_request_total{success="true"}': "0+4x40" },
    at: "30m",
    fires: [{ severity: "warning" }],
  },
  {
    says: "a kubelet that is slow once is not",
    alert: "MetricsServerCannotReadKubelets",
    series: { 'metrics_server_kubelet_request_total{success="false"}': "0x5 1x35", 'metrics_server_kubelet_request_total{success="true"}': "0+4x40" },
    at: "30m",
  },
];
