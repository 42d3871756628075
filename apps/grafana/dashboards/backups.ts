import type { Neighbour } from "../../../engine/model/neighbour";
import { graph, number, table, type Dashboard, type Row } from "./panel";

const scheduled = '{schedule!=""}';
const twoDays = 2 * 24 * 3600;

/** Jobs beside releases with precious buckets: whether each was copied, and read back. */
const buckets: Row = {
  title: "Buckets",
  panels: [
    table("Last copy, ago", "s", 'time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{cronjob=~".+-bucket-mirror"})', { badFrom: twoDays }),
    table("Last copy that was read back, ago", "s", 'time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{cronjob=~".+-bucket-drill"})', { badFrom: twoDays }),
  ],
};

const keepsBuckets = ({ stores }: Neighbour): boolean => Object.values(stores).some(({ as, worth }) => as === "bucket" && worth === "precious");

/** Velero: whether what is precious was copied, and when. https://github.com/velero-io/velero/blob/v1.18.3/pkg/metrics/metrics.go */
export const backups = (neighbours: readonly Neighbour[]): Dashboard => ({
  name: "backups",
  title: "Backups",
  rows: [
    {
      title: "Now",
      panels: [
        number("Oldest last copy", "s", `time() - min(velero_backup_last_successful_timestamp${scheduled} > 0)`, { badFrom: twoDays }),
        number("Schedules whose last copy failed", "short", `count(velero_backup_last_status${scheduled} == 0) or vector(0)`, { badFrom: 1 }),
        number("Places out of reach", "short", "count(velero_backup_location_status_gauge == 0) or vector(0)", { badFrom: 1 }),
        number("Restores that failed this week", "short", "sum(increase(velero_restore_failed_total[7d])) + sum(increase(velero_restore_partial_failure_total[7d]))", { badFrom: 1 }),
      ],
    },
    {
      title: "Schedules",
      panels: [
        table("Last copy, ago", "s", `time() - max by (schedule) (velero_backup_last_successful_timestamp${scheduled} > 0)`, { badFrom: twoDays }),
        table("Objects that the last copy lacks", "short", `max by (schedule) (velero_backup_items_errors${scheduled})`, { badFrom: 1 }),
        graph("Copies tried in a day", "short", { "{{schedule}}": `sum by (schedule) (increase(velero_backup_attempt_total${scheduled}[24h]))` }),
        graph("Size of the objects, without volumes", "bytes", { "{{schedule}}": `max by (schedule) (velero_backup_tarball_size_bytes${scheduled})` }),
      ],
    },
    {
      title: "Volumes",
      panels: [
        graph("Copied in a day, by node", "short", { "{{node}}": "sum by (node) (increase(podVolume_data_upload_success_total[24h]))", "{{node}} failed": "sum by (node) (increase(podVolume_data_upload_failure_total[24h]))" }),
        graph("Repositories that could not be tidied", "short", { failed: "sum(increase(velero_repo_maintenance_failure_total[24h]))" }, { badFrom: 1 }),
      ],
    },
    ...(neighbours.some(keepsBuckets) ? [buckets] : []),
  ],
});
