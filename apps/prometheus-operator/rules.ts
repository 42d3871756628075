import type { RuleGroup } from "../../engine/model/needs";

/** The operator's metrics that its rules and dashboards use. Its source: pkg/operator/operator.go and resource_reconciler.go. */
export const series = [
  "prometheus_operator_list_operations_failed_total{controller}",
  "prometheus_operator_list_operations_total{controller}",
  "prometheus_operator_managed_resources{controller, resource, state}",
  "prometheus_operator_ready{controller}",
  "prometheus_operator_reconcile_errors_total{controller}",
  "prometheus_operator_reconcile_operations_total{controller}",
  "prometheus_operator_status_update_errors_total{controller}",
  "prometheus_operator_status_update_operations_total{controller}",
  "prometheus_operator_syncs{controller, status}",
  "prometheus_operator_watch_operations_failed_total{controller}",
  "prometheus_operator_watch_operations_total{controller}",
] as const;

/** While the operator fails, monitoring runs on with its last configuration: what is added since is watched by nobody. */
export const rules: readonly RuleGroup[] = [
  {
    name: "prometheus-operator",
    rules: [
      {
        alert: "PrometheusOperatorRejectedResources",
        expr: 'min_over_time(prometheus_operator_managed_resources{state="rejected"}[5m]) > 0',
        for: "5m",
        severity: "warning",
        summary: "prometheus-operator refuses monitoring objects",
        description: "{{ $value }} objects of kind {{ $labels.resource }} are refused by the {{ $labels.controller }} controller: what they ask for is not watched. Its log names them.",
      },
      {
        alert: "PrometheusOperatorReconcileErrors",
        expr: "sum by (controller) (rate(prometheus_operator_reconcile_errors_total[10m])) / sum by (controller) (rate(prometheus_operator_reconcile_operations_total[10m])) > 0.1",
        for: "15m",
        severity: "warning",
        summary: "prometheus-operator cannot apply its configuration",
        description: "{{ $value | humanizePercentage }} of the {{ $labels.controller }} controller's reconciliations fail.",
      },
      {
        alert: "PrometheusOperatorSyncFailed",
        expr: 'min_over_time(prometheus_operator_syncs{status="failed"}[5m]) > 0',
        for: "10m",
        severity: "warning",
        summary: "prometheus-operator left an object as it was",
        description: "The {{ $labels.controller }} controller failed on {{ $value }} objects the last time it tried.",
      },
      {
        alert: "PrometheusOperatorCannotWatch",
        expr: "sum by (controller) (rate(prometheus_operator_list_operations_failed_total[10m]) + rate(prometheus_operator_watch_operations_failed_total[10m])) / sum by (controller) (rate(prometheus_operator_list_operations_total[10m]) + rate(prometheus_operator_watch_operations_total[10m])) > 0.4",
        for: "15m",
        severity: "warning",
        summary: "prometheus-operator does not see its objects",
        description: "{{ $value | humanizePercentage }} of the {{ $labels.controller }} controller's lists and watches fail: a missing permission, or an API server in trouble.",
      },
      {
        alert: "PrometheusOperatorStatusUpdateErrors",
        expr: "sum by (controller) (rate(prometheus_operator_status_update_errors_total[10m])) / sum by (controller) (rate(prometheus_operator_status_update_operations_total[10m])) > 0.1",
        for: "15m",
        severity: "info",
        summary: "prometheus-operator cannot report",
        description: "{{ $value | humanizePercentage }} of the {{ $labels.controller }} controller's status updates fail: what objects say of themselves is out of date.",
      },
      {
        alert: "PrometheusOperatorNotReady",
        expr: "max by (controller) (max_over_time(prometheus_operator_ready[5m])) == 0",
        for: "5m",
        severity: "warning",
        summary: "prometheus-operator does not reconcile",
        description: "The {{ $labels.controller }} controller is not ready.",
      },
    ],
  },
];
