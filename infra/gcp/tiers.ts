/** Cloud Storage's classes, dearest to keep first. */
export type StorageClass = "STANDARD" | "NEARLINE" | "COLDLINE" | "ARCHIVE";

interface Tier {
  readonly storageClass: StorageClass;
  /** The age in days from which a copy is unlikely to be read. */
  readonly after: number;
  /** A copy that leaves earlier is charged for so many days all the same: https://cloud.google.com/storage/docs/storage-classes */
  readonly leastDays: number;
}

const colder: readonly Tier[] = [
  { storageClass: "NEARLINE", after: 30, leastDays: 30 },
  { storageClass: "COLDLINE", after: 90, leastDays: 90 },
  { storageClass: "ARCHIVE", after: 365, leastDays: 365 },
];

/** The tiers that a copy passes through when it is kept for so many days: only those where it stays long enough to be worth the move. */
export const colderTiers = (keptDays: number): readonly Tier[] => colder.filter(({ after, leastDays }) => keptDays - after >= leastDays);

/** How many days of its life a copy spends in each class. */
export function daysInTiers(keptDays: number): ReadonlyMap<StorageClass, number> {
  const steps = [{ storageClass: "STANDARD" as const, after: 0 }, ...colderTiers(keptDays)];
  return new Map(steps.map(({ storageClass, after }, index) => [storageClass, (steps[index + 1]?.after ?? keptDays) - after]));
}
