import type { Disk } from "./host";
import type { Store } from "./needs";
import type { Offsite } from "./offsite";
import type { OnsiteS3 } from "./onsite-s3";
import type { Bytes, Duration } from "./quantity";
import type { Writer } from "./writer";

/** How what is precious is kept three times, on two kinds of media, once off site. */
export interface Backups {
  readonly offsite: Offsite;
  readonly onsite: readonly OnsiteCopy[];
  readonly plans: Readonly<Record<Writer, BackupPlan>>;
  /** What machines keep outside Kubernetes, and back up themselves. */
  readonly hosts?: readonly HostBackup[];
}

/** How often one tool writes, how long its copies stay, and by when a store must be back. */
export interface BackupPlan {
  /** What may be lost: the time between two copies (RPO). */
  readonly every: Duration;
  readonly keep: Duration;
  /** For so long nobody can delete a copy, its owner included. Only for tools that never delete. */
  readonly retain?: Duration;
  /** The longest that a store may be gone (RTO). */
  readonly restoreWithin: Duration;
  /** Which part of a store changes from one copy to the next, for the cost of what is kept; nothing else reads it. */
  readonly changes: number;
  /** Whether what could be rebuilt is copied as well: into buckets of its own, with weaker promises. */
  readonly rebuildable?: boolean;
}

/** A place in the house that holds copies, on another machine than the stores. */
export interface OnsiteCopy {
  readonly name: string;
  /** The lab's host that keeps them. */
  readonly host: string;
  readonly media: Disk["media"];
  readonly holds: readonly Writer[];
  /** What can be read back in an hour. */
  readonly restoresPerHour: Bytes;
  /** How Velero writes there; a place that holds what Velero copies must have it. */
  readonly s3?: OnsiteS3;
}

export interface HostBackup {
  readonly host: string;
  readonly path: string;
  readonly size: Bytes;
  readonly worth: Store["worth"];
  /** The medium that the files themselves are on. */
  readonly media: Disk["media"];
  readonly writer: "restic";
}

/** Plans that suit a home: a day at most is lost, three months are kept. */
export const usualPlans: Readonly<Record<Writer, BackupPlan>> = {
  velero: { every: "1d", keep: "90d", restoreWithin: "24h", changes: 0.02 },
  "database-dumps": { every: "1d", keep: "90d", retain: "30d", restoreWithin: "4h", changes: 1 },
  "object-mirror": { every: "1d", keep: "90d", restoreWithin: "72h", changes: 0.01 },
  "k3s-snapshots": { every: "6h", keep: "30d", retain: "14d", restoreWithin: "4h", changes: 1 },
  restic: { every: "1d", keep: "365d", restoreWithin: "72h", changes: 0.005 },
};
