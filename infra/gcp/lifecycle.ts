import type { StorageBucketLifecycleRule } from "@cdktf/provider-google/lib/storage-bucket";
import type { BackupPlan } from "../../engine/model/backups";
import { secondsOf, type Duration } from "../../engine/model/quantity";
import { writers, type Writer } from "../../engine/model/writer";
import { colderTiers } from "./tiers";

/** Uploads that were never finished cost as if they were, and nobody sees them. */
const unfinishedDays = 7;

/** For so long what a tool deleted or replaced can be had back. */
export const oldVersionDays = 30;

/** What becomes of copies as they age: colder, then gone. What a tool itself compacts keeps its class, and only old versions go. */
export function lifecycleRules(writer: Writer, plan: BackupPlan): StorageBucketLifecycleRule[] {
  const aborts = { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: unfinishedDays } };
  if (writers[writer].deletes !== "never")
    return [{ action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: oldVersionDays, withState: "ARCHIVED" } }, aborts];
  const days = daysOf(plan.keep);
  return [
    ...colderTiers(days).map(({ after, storageClass }) => ({
      action: { type: "SetStorageClass", storageClass },
      condition: { age: after },
    })),
    { action: { type: "Delete" }, condition: { age: days } },
    aborts,
  ];
}

/** Whole days, as lifecycle rules count; what is kept is never gone too early. */
export const daysOf = (duration: Duration): number => Math.ceil(secondsOf(duration) / secondsOf("1d"));
