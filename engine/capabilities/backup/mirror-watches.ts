import type { AlertRule, RuleGroup } from "../../model/needs";
import { secondsOf, type Duration } from "../../model/quantity";

interface Watched {
  readonly name: string;
  readonly namespace: string;
  readonly every: Duration;
  readonly runbook: string;
}

/** The longest since a job last succeeded, or where it never did, since it was made. */
function overdue(name: string, namespace: string, seconds: number): string {
  const of = `{namespace="${namespace}", cronjob="${name}"}`;
  return `time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time${of}) > ${seconds} or (time() - max by (namespace, cronjob) (kube_cronjob_created${of}) > ${seconds} unless on (namespace, cronjob) kube_cronjob_status_last_successful_time${of})`;
}

/** A copy that did not come, or that nobody could read back. */
export function mirrorRules({ name, namespace, every, runbook }: Watched): RuleGroup {
  // Half as long again: one that takes a while is not overdue.
  const late = Math.round(secondsOf(every) * 1.5);
  const rules: readonly AlertRule[] = [
    {
      alert: "BucketMirrorOverdue",
      expr: overdue(`${name}-bucket-mirror`, namespace, late),
      for: "15m",
      severity: "critical",
      summary: `${name}'s buckets were not copied whole for {{ $value | humanizeDuration }}`,
      description: `One copy is due every ${every}. The log of the last job of ${name}-bucket-mirror in ${namespace} names the bucket and the place. See ${runbook}.`,
    },
    {
      alert: "BucketDrillOverdue",
      expr: overdue(`${name}-bucket-drill`, namespace, 36 * 3600),
      for: "15m",
      severity: "critical",
      summary: `Nothing of ${name}'s buckets came back as it was for {{ $value | humanizeDuration }}`,
      description: `The drill runs every night: the log of the last job of ${name}-bucket-drill in ${namespace} says what a copy lacks. See ${runbook}.`,
    },
  ];
  return { name: `${name}-buckets`, rules };
}
