import type { RuleGroup } from "../../engine/model/needs";

/** https://external-secrets.io/v2.9.0/api/metrics/ */
export const series = [
  "externalsecret_status_condition{name, namespace, condition, status}",
  "externalsecret_sync_calls_total{name, namespace}",
  "externalsecret_sync_calls_error{name, namespace}",
  "externalsecret_reconcile_duration{name, namespace}",
  "externalsecret_provider_api_calls_count{provider, call, status}",
  "pushsecret_status_condition{name, namespace, condition, status}",
  "pushsecret_reconcile_duration{name, namespace}",
  "clustersecretstore_status_condition{name, namespace, condition, status}",
  "clustersecretstore_reconcile_duration{name, namespace}",
] as const;

export const alerts: readonly RuleGroup[] = [
  {
    name: "external-secrets",
    rules: [
      {
        alert: "SecretStoreNotReady",
        expr: 'clustersecretstore_status_condition{condition="Ready", status="False"} == 1',
        for: "10m",
        severity: "critical",
        summary: "The vault {{ $labels.name }} cannot be used",
        description: "No secret of the cluster is renewed, and no new one comes. Most often its key is missing or has expired: docs/secrets.md.",
      },
      {
        alert: "ExternalSecretNotReady",
        expr: 'externalsecret_status_condition{condition="Ready", status="False"} == 1',
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.name }} does not get its secret",
        description: "What waits for it does not start; what has it keeps the value it has. `kubectl describe externalsecret` says why: most often the vault has no such key.",
      },
      {
        alert: "SecretNotEscrowed",
        expr: 'pushsecret_status_condition{condition="Ready", status="False"} == 1',
        for: "30m",
        severity: "critical",
        summary: "{{ $labels.namespace }}/{{ $labels.name }} does not reach the vault",
        description: "Data that this key protects would be lost with the cluster. Until it is there, a new one waits and does not start.",
      },
    ],
  },
];
