import type { BackupPlan, Backups } from "../../model/backups";
import { cronOf } from "../../model/cron";
import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import { bytes, duration, secondsOf } from "../../model/quantity";
import { allWriters, writers, type Writer } from "../../model/writer";

/** Plans that can be kept: copies live longer than the time between two, and nothing is held that its own tool must delete. */
export function backupPlan({ backups, hosts }: Lab): readonly Finding[] {
  if (!backups) return [];
  const known = hosts.map(({ name }) => name);
  return [
    ...allWriters.flatMap((writer) => planFindings(writer, backups.plans[writer])),
    ...placesOf(backups)
      .filter(({ host }) => !known.includes(host))
      .map(({ at, host }) => unknownHost(at, host, known)),
    ...[backups.offsite, ...backups.onsite].flatMap(({ restoresPerHour }) =>
      bytes.safeParse(restoresPerHour).success
        ? []
        : [
            finding(
              "quantity-valid",
              `restoresPerHour = ${JSON.stringify(restoresPerHour)}`,
              'a size, such as "38Gi"',
              "Write what can be read back in an hour",
            ),
          ],
    ),
    ...locked(backups),
    ...cron(backups),
  ];
}

function planFindings(writer: Writer, plan: BackupPlan): readonly Finding[] {
  const spans = { every: plan.every, keep: plan.keep, restoreWithin: plan.restoreWithin, ...(plan.retain ? { retain: plan.retain } : {}) };
  const malformed = Object.entries(spans).filter(([, text]) => !duration.safeParse(text).success);
  if (malformed.length)
    return malformed.map(([name, text]) =>
      finding(
        "backup-plan",
        `plans.${writer}.${name} = ${JSON.stringify(text)}`,
        'a duration, such as "1d"',
        "Write a number with ms, s, m, h, d, w or y",
      ),
    );
  const { every, keep, retain } = plan;
  return [
    ...(secondsOf(keep) < secondsOf(every)
      ? [
          finding(
            "retention-spans-schedule",
            `${writer} writes every ${every} and keeps for ${keep}`,
            "copies that outlive the time to the next one",
            `Keep for ${every} at least, or write more often`,
          ),
        ]
      : []),
    ...(retain && secondsOf(retain) < secondsOf(every)
      ? [
          finding(
            "retention-spans-schedule",
            `${writer} writes every ${every} and holds a copy for ${retain}`,
            "a hold that lasts until the next copy is there",
            `Retain for ${every} at least, or write more often`,
          ),
        ]
      : []),
    ...(retain && secondsOf(retain) > secondsOf(keep)
      ? [
          finding(
            "backup-plan",
            `${writer} holds copies for ${retain} and keeps them for ${keep}`,
            "a hold no longer than the copies are kept",
            "Lengthen `keep`, or shorten `retain`",
          ),
        ]
      : []),
    ...(retain && writers[writer].deletes !== "never"
      ? [
          finding(
            "backup-plan",
            `${writer} holds copies for ${retain}, and deletes ${writers[writer].deletes === "locks" ? "its lock files" : "what expired"} itself`,
            "no hold where the tool must delete",
            "Leave `retain` out: old versions are kept instead",
          ),
        ]
      : []),
  ];
}

/** k3s takes its snapshots by a cron expression, which cannot say every span. */
const cron = ({ plans }: Backups): readonly Finding[] => {
  const { every } = plans["k3s-snapshots"];
  if (!duration.safeParse(every).success || cronOf(every) !== undefined) return [];
  return [
    finding(
      "backup-plan",
      `k3s-snapshots every ${every}`,
      "a span that cron can say: a part of an hour, of a day, a day or a week",
      "Choose such a span, as 6h",
    ),
  ];
};

/** A hold that can never be lifted has to be one that its owner can wait for. */
const locked = ({ offsite, plans }: Backups): readonly Finding[] =>
  offsite.kind !== "gcs" || offsite.retention !== "locked"
    ? []
    : allWriters
        .filter((writer) => duration.safeParse(plans[writer].retain).success && secondsOf(plans[writer].retain ?? "0s") > secondsOf("1y"))
        .map((writer) =>
          finding(
            "backup-plan",
            `${writer} holds copies for ${plans[writer].retain}, locked`,
            "at most a year where nobody can ever undo it",
            "Shorten `retain`, or leave retention unlocked",
          ),
        );

const placesOf = ({ onsite, hosts = [] }: Backups): readonly { readonly at: string; readonly host: string }[] => [
  ...onsite.map(({ name, host }) => ({ at: `onsite copy ${name}`, host })),
  ...hosts.map(({ host, path }) => ({ at: `the backup of ${path}`, host })),
];

const unknownHost = (at: string, host: string, known: readonly string[]): Finding =>
  finding(
    "reference-known",
    `${at} names host "${host}", and there is none`,
    `one of: ${known.join(", ")}`,
    nearest(host, known) ? `Write "${nearest(host, known)}"` : `Describe host "${host}"`,
  );

const finding = (rule: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address: "backups", found, expected, fix });
