import { graph, number, table, type Dashboard } from "./panel";

/** Velero: whether what is precious was backed up, and when. https://github.com/velero-io/velero/blob/v1.18.3/pkg/metrics/metrics.go */
export const backups: Dashboard = {
  name: "backups",
  title: "Backups",
  rows: [
    {
      title: "Now",
      panels: [
        number("Oldest last backup", "s", 'time() - min(velero_backup_last_successful_timestamp{schedule!=""} > 0)', { badFrom: 2 * 24 * 3600 }),
        number("Backups that failed this week", "short", "sum(increase(velero_backup_failure_total[7d]))", { badFrom: 1 }),
        number("Backups that lack something this week", "short", "sum(increase(velero_backup_partial_failure_total[7d]))", { badFrom: 1 }),
        number("Restores that failed this week", "short", "sum(increase(velero_restore_failed_total[7d]))", { badFrom: 1 }),
      ],
    },
    {
      title: "Schedules",
      panels: [
        table("Last successful backup, ago", "s", 'time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule!=""} > 0)', { badFrom: 2 * 24 * 3600 }),
        graph("Backups in a day", "short", { "{{schedule}}": "sum by (schedule) (increase(velero_backup_success_total[24h]))" }),
        graph("A backup takes", "s", { "{{schedule}}": "sum by (schedule) (increase(velero_backup_duration_seconds_sum[24h])) / sum by (schedule) (increase(velero_backup_duration_seconds_count[24h]))" }),
        graph("Restores in a day", "short", { "{{schedule}}": "sum by (schedule) (increase(velero_restore_success_total[24h]))" }),
      ],
    },
  ],
};
