import type { RuleGroup } from "../../engine/model/needs";

/** What Alertmanager tells of itself that rules and dashboards may use. */
export const series = [
  "alertmanager_alerts{state}",
  "alertmanager_alerts_invalid_total{version}",
  "alertmanager_alerts_received_total{status}",
  "alertmanager_build_info",
  "alertmanager_cluster_members",
  "alertmanager_config_hash",
  "alertmanager_config_last_reload_success_timestamp_seconds",
  "alertmanager_config_last_reload_successful",
  "alertmanager_notification_latency_seconds_count{integration}",
  "alertmanager_notification_latency_seconds_sum{integration}",
  "alertmanager_notifications_failed_total{integration, reason}",
  "alertmanager_notifications_suppressed_total{reason}",
  "alertmanager_notifications_total{integration}",
  "alertmanager_silences{state}",
] as const;

/** What can keep alerts from being heard. Those of one way out are heard on the others. */
export const rulesOf = (options: { readonly replicas: number }): readonly RuleGroup[] => [
  {
    name: "alertmanager",
    rules: [
      {
        alert: "AlertmanagerConfigurationRefused",
        expr: "min by (namespace, pod) (max_over_time(alertmanager_config_last_reload_successful[5m])) == 0",
        for: "10m",
        severity: "critical",
        summary: "Alertmanager runs on an old configuration",
        description: "{{ $labels.pod }} could not load the present one. Its log says why.",
      },
      {
        alert: "AlertmanagerCannotNotify",
        expr:
          "sum by (namespace, integration) (rate(alertmanager_notifications_failed_total[15m])) / sum by (namespace, integration) (rate(alertmanager_notifications_total[15m])) > 0.05",
        for: "5m",
        severity: "critical",
        summary: "Alerts do not arrive by {{ $labels.integration }}",
        description: "{{ $value | humanizePercentage }} of the notifications fail: the receiver is down, or its secret is wrong.",
      },
      ...(options.replicas > 1
        ? ([
            {
              alert: "AlertmanagerAlone",
              expr: `min by (namespace) (max_over_time(alertmanager_cluster_members[5m])) < ${options.replicas}`,
              for: "15m",
              severity: "warning",
              summary: "Alertmanagers do not see each other",
              description: "One knows of {{ $value }}: alerts are sent twice, and silences hold for one alone.",
            },
          ] as const)
        : []),
    ],
  },
];
