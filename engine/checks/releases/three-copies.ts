import { keptStores, type Kept } from "../../model/copies";
import { onsiteNames } from "../../model/onsite-s3";
import { error, type Finding } from "../../model/finding";
import { secondsOf } from "../../model/quantity";
import type { World } from "../../model/resolve";

/**
 * 3-2-1: whatever is precious is in three places, on two kinds of media, once away from the house, and back in time. Where
 * nothing on a cluster carries the plan out, precious-backed-up names its stores.
 */
export const threeCopies = (world: World): readonly Finding[] =>
  keptStores(world)
    .filter(({ written }) => written)
    .flatMap((kept) => [...places(kept), ...media(kept), ...inTime(kept)]);

function places(kept: Kept): readonly Finding[] {
  if (kept.copies.length >= 3 && kept.copies.some(({ offsite }) => offsite)) return [];
  return [
    finding(
      kept,
      "three-copies",
      `${kept.copies.length} copies: ${kept.copies.map(({ where }) => where).join(", ")}`,
      "three, of which one is away",
      `Add a place to backups.onsite that holds ${kept.target.writer}${kept.target.writer in onsiteNames ? `, with a port for ${kept.target.owner} in its \`s3\`` : ""}`,
    ),
  ];
}

function media(kept: Kept): readonly Finding[] {
  const kinds = [...new Set(kept.copies.map(({ medium }) => medium))];
  return kinds.length >= 2
    ? []
    : [
        finding(
          kept,
          "two-media",
          `every copy on ${kinds.join(", ")}`,
          "two kinds of media: one fault must not take both",
          "Keep one copy on another kind of disk, or in the cloud",
        ),
      ];
}

/** The fastest copy counts: it is the one that a restore takes, while the house stands. */
function inTime(kept: Kept): readonly Finding[] {
  const hours = Math.min(...kept.copies.flatMap((copy) => copy.hours ?? []));
  const { restoreWithin } = kept.target.plan;
  if (hours * 3600 <= secondsOf(restoreWithin)) return [];
  return [
    finding(
      kept,
      "restore-in-time",
      `${hours.toFixed(0)} h to read it back`,
      `at most ${restoreWithin}, as plans.${kept.target.writer} says`,
      "Keep a copy where it is read faster, or allow more time",
    ),
  ];
}

const finding = ({ of }: Kept, rule: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address: of.address, found: `${of.name}: ${found}`, expected, fix });
