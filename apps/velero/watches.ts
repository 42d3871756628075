import type { AlertRule, Watches } from "../../engine/model/needs";
import { secondsOf, type Duration } from "../../engine/model/quantity";
import { metricsPort } from "./server";

/** pkg/metrics/metrics.go; only what rules and dashboards ask for. */
const series = [
  "velero_backup_attempt_total{schedule}",
  "velero_backup_items_errors{schedule}",
  "velero_backup_last_status{schedule}",
  "velero_backup_last_successful_timestamp{schedule}",
  "velero_backup_location_status_gauge{backup_location_name}",
  "velero_backup_tarball_size_bytes{schedule}",
  "velero_repo_maintenance_failure_total{repository_name}",
  "velero_restore_failed_total{schedule}",
  "velero_restore_partial_failure_total{schedule}",
] as const;

/** A copy that did not come, or could not be read back, is told at once: nobody looks until it is needed. */
export function watches(name: string, namespace: string, every: Duration, runbook: string): Watches {
  // Half as long again: a copy that takes a while, or is taken after a restart, is not overdue.
  const overdue = Math.round(secondsOf(every) * 1.5);
  const here = `namespace="${namespace}"`;
  const rules: readonly AlertRule[] = [
    {
      alert: "BackupOverdue",
      expr: `time() - max by (schedule) (velero_backup_last_successful_timestamp{${here}, schedule!=""}) > ${overdue}`,
      for: "15m",
      severity: "critical",
      summary: "No whole backup of {{ $labels.schedule }} for {{ $value | humanizeDuration }}",
      description: `One is due every ${every}. velero -n ${namespace} backup get -l velero.io/schedule-name={{ $labels.schedule }}. See ${runbook}.`,
    },
    {
      alert: "BackupNeverSucceeded",
      expr: `max by (schedule) (velero_backup_attempt_total{${here}, schedule!=""}) unless on (schedule) velero_backup_last_successful_timestamp{${here}}`,
      for: `${Math.ceil(overdue / 3600)}h`,
      severity: "critical",
      summary: "{{ $labels.schedule }} was never backed up whole",
      description: `Its Schedule is there, and no backup of it succeeded. kubectl -n ${namespace} describe schedule {{ $labels.schedule }}. See ${runbook}.`,
    },
    {
      alert: "BackupFailed",
      expr: `min by (schedule) (velero_backup_last_status{${here}, schedule!=""}) == 0`,
      for: "15m",
      severity: "warning",
      summary: "The last backup of {{ $labels.schedule }} failed, or is not whole",
      description: `velero -n ${namespace} backup logs names what could not be copied. See ${runbook}.`,
    },
    {
      alert: "BackupLocationUnavailable",
      expr: `min by (backup_location_name) (velero_backup_location_status_gauge{${here}}) == 0`,
      for: "15m",
      severity: "critical",
      summary: "Backups have no place to go: {{ $labels.backup_location_name }}",
      description: `The bucket does not answer, or refuses. kubectl -n ${namespace} get backupstoragelocation {{ $labels.backup_location_name }} -o yaml says why.`,
    },
    {
      alert: "BackupServerGone",
      expr: `absent(velero_backup_location_status_gauge{${here}})`,
      for: "30m",
      severity: "critical",
      summary: `${name} makes no backups`,
      description: `Its server does not run, or has no storage location: without the repositories' password from the vault it does not start. kubectl -n ${namespace} logs deploy/${name}.`,
    },
    {
      alert: "BackupRepositoryMaintenanceFailed",
      expr: `sum by (repository_name) (increase(velero_repo_maintenance_failure_total{${here}}[1d])) > 0`,
      for: "1h",
      severity: "warning",
      summary: "Repository {{ $labels.repository_name }} could not be tidied",
      description: "Copies that expired still take space, and expired data may stay unnoticed. Its last Job's log says why.",
    },
    {
      alert: "FirstStartFailed",
      // Argo CD makes the Job anew at each try: one that failed is seldom there for long.
      expr: 'max by (namespace, job_name) (max_over_time(kube_job_failed{job_name=~".+-first-start", condition="true"}[15m])) > 0',
      for: "15m",
      severity: "critical",
      summary: "{{ $labels.namespace }} does not start: what it held before did not come back",
      description: `Nothing was replaced, and Argo CD tries again. kubectl -n {{ $labels.namespace }} logs job/{{ $labels.job_name }} says why. See ${runbook}.`,
    },
    {
      alert: "RestoreDrillFailed",
      expr: `max by (job_name) (kube_job_failed{${here}, job_name=~"${name}-drill-.+", condition="true"}) > 0`,
      severity: "critical",
      summary: "What was backed up did not come back as it was",
      description: `kubectl -n ${namespace} logs job/{{ $labels.job_name }} says at which step. See ${runbook}.`,
    },
    {
      alert: "RestoreDrillOverdue",
      expr: `time() - max by (cronjob) (kube_cronjob_status_last_successful_time{${here}, cronjob="${name}-drill"}) > ${36 * 3600} or (time() - max by (cronjob) (kube_cronjob_created{${here}, cronjob="${name}-drill"}) > ${36 * 3600} unless on (cronjob) kube_cronjob_status_last_successful_time{${here}})`,
      for: "15m",
      severity: "critical",
      summary: "Nothing was restored to see whether it can be, for a day and a half",
      description: `The drill runs every night: kubectl -n ${namespace} get cronjob,job. See ${runbook}.`,
    },
  ];
  return {
    metrics: { server: { port: metricsPort, component: "velero", series }, "node-agent": { port: metricsPort, component: "node-agent", series: ["podVolume_data_upload_success_total", "podVolume_data_upload_failure_total"] } },
    rules: [{ name, rules }],
  };
}
