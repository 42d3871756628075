import type { BackupTarget } from "../../engine/model/backup-target";
import { secondsOf } from "../../engine/model/quantity";
import { writers } from "../../engine/model/writer";
import { daysOf, oldVersionDays } from "../gcp/lifecycle";
import { daysInTiers, type StorageClass } from "../gcp/tiers";

/**
 * What a bucket holds in each class once its oldest copies begin to go. A tool that writes everything anew leaves one whole
 * copy a run, which grows colder; one that writes changes keeps all of it warm, with a month of what it replaced.
 */
export function bytesInTiers({ of, writer, plan }: BackupTarget): ReadonlyMap<StorageClass, number> {
  const once = of.reduce((sum, { bytes }) => sum + bytes, 0);
  const perDay = secondsOf("1d") / secondsOf(plan.every);
  if (writers[writer].whole) return new Map([...daysInTiers(daysOf(plan.keep))].map(([tier, days]) => [tier, once * perDay * days]));
  const changes = once * plan.changes * perDay;
  return new Map([["STANDARD", once + changes * (daysOf(plan.keep) + oldVersionDays)]]);
}
