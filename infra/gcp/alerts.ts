import { LoggingMetric } from "@cdktf/provider-google/lib/logging-metric";
import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import type { TerraformStack } from "cdktf";
import { bucketNameOf, type BackupTarget } from "../../engine/model/backup-target";
import type { GoogleCloud } from "../../engine/model/offsite";
import { secondsOf, type Duration } from "../../engine/model/quantity";
import { accountOf } from "../../engine/model/writer-account";
import { needs, type Project } from "./project";

const metric = "hearth_backup_objects";

/** Who is told. */
export function mailChannel(stack: TerraformStack, { alertsTo }: { readonly alertsTo: string }, project: Project): MonitoringNotificationChannel {
  return new MonitoringNotificationChannel(stack, "mail", {
    project: project.id,
    type: "email",
    displayName: "The lab's owner",
    labels: { email_address: alertsTo },
    dependsOn: needs(project, "monitoring"),
  });
}

/**
 * Counts what arrives, from the audit log: that is what really was written, whatever tool says it did.
 * https://cloud.google.com/storage/docs/audit-logging
 */
export function arrivals(stack: TerraformStack, project: Project): LoggingMetric {
  return new LoggingMetric(stack, "arrivals", {
    project: project.id,
    name: metric,
    description: "Objects that were written to backup buckets",
    filter: 'protoPayload.serviceName="storage.googleapis.com" AND protoPayload.methodName="storage.objects.create" AND severity<ERROR',
    metricDescriptor: { metricKind: "DELTA", valueType: "INT64", unit: "1" },
    dependsOn: needs(project, "logging"),
  });
}

/**
 * Tells when nothing new has come for half as long again as the plan allows. A PromQL condition, because absence conditions
 * look back a day at most: https://cloud.google.com/monitoring/alerts/using-promql
 */
export function silenceAlert(
  stack: TerraformStack,
  offsite: GoogleCloud,
  target: BackupTarget,
  channel: MonitoringNotificationChannel,
  counted: LoggingMetric,
): void {
  const hours = hoursOfSilence(target.plan.every);
  const bucket = bucketNameOf(offsite, target);
  const series = `logging_googleapis_com:user_${metric}{monitored_resource="gcs_bucket",bucket_name="${bucket}"}`;
  new MonitoringAlertPolicy(stack, `silence-${accountOf(target)}`, {
    project: offsite.project,
    displayName: `No new copy in ${bucket} for ${hours} h`,
    combiner: "OR",
    severity: "CRITICAL",
    conditions: [
      {
        displayName: `nothing written for ${hours} h`,
        conditionPrometheusQueryLanguage: {
          query: `sum(increase(${series}[${hours}h])) < 1 or absent_over_time(${series}[${hours}h])`,
          duration: "0s",
          evaluationInterval: "300s",
        },
      },
    ],
    documentation: {
      mimeType: "text/markdown",
      content: `${target.writer} of ${target.owner} should write every ${target.plan.every}. See whether it runs, and whether it may still write: its account is ${accountOf(target)}.`,
    },
    notificationChannels: [channel.name],
    dependsOn: [counted],
  });
}

export const hoursOfSilence = (every: Duration): number => Math.ceil((secondsOf(every) * 1.5) / 3600);
