import { backupTargets, hostsOwner, type BackupTarget, type Copied } from "./backup-target";
import type { OnsiteCopy } from "./backups";
import type { Cluster } from "./cluster";
import type { Medium } from "./medium";
import type { Offsite } from "./offsite";
import { onsiteNames } from "./onsite-s3";
import { bytesOf, type Bytes, type Duration } from "./quantity";
import type { World } from "./resolve";
import type { Writer } from "./writer";

/** One of the places where something precious is. The first is the thing itself. */
export interface Copy {
  readonly where: string;
  readonly medium: Medium;
  readonly offsite: boolean;
  /** How old it may be; the thing itself is never old. */
  readonly every?: Duration;
  /** How long it takes to be read back whole. */
  readonly hours?: number;
}

/** Something precious, with every place where it is. */
export interface Kept {
  readonly of: Copied;
  readonly target: BackupTarget;
  /** Whether its tool runs at all. */
  readonly written: boolean;
  readonly copies: readonly Copy[];
}

/** Every precious store, cluster state and machine's files, with its copies. Empty where the lab says nothing of backups. */
export function keptStores(world: World): readonly Kept[] {
  const { backups } = world.lab;
  if (!backups) return [];
  const { offsite, onsite } = backups;
  return backupTargets(world)
    .filter(({ worth }) => worth === "precious")
    .flatMap((target) =>
      target.of.map((of): Kept => {
        const itself: Copy = { where: "itself", medium: of.medium, offsite: false };
        const written = isWritten(target, world);
        return {
          of,
          target,
          written,
          copies: [itself, ...(written ? [...onsiteCopies(of, target, onsite), offsiteCopy(of, target, offsite)] : [])],
        };
      }),
    );
}

/** Inside a cluster its providers run the tools; k3s takes its own snapshots, and machines run theirs. */
const isWritten = ({ owner, writer }: BackupTarget, { lab }: World): boolean => {
  const cluster = lab.clusters.find(({ name }) => name === owner);
  return owner === hostsOwner || writer === "k3s-snapshots" || (cluster !== undefined && writersOn(cluster).includes(writer));
};

/** The tools that a cluster's providers run. */
export const writersOn = ({ provides: { backup, mirror } }: Cluster): readonly Writer[] => [...(backup?.runs ?? []), ...(mirror ? (["object-mirror"] as const) : [])];

/** A place counts where it holds a tool's copies and the tool reaches it: those that speak S3 need a port of their cluster's there. */
const reaches = ({ owner, writer }: BackupTarget, { holds, s3 }: OnsiteCopy): boolean =>
  holds.includes(writer) && (!(writer in onsiteNames) || s3?.ports[owner] !== undefined);

const onsiteCopies = ({ bytes }: Copied, target: BackupTarget, onsite: readonly OnsiteCopy[]): readonly Copy[] =>
  onsite
    .filter((place) => reaches(target, place))
    .map(({ name, media, restoresPerHour }) => ({
      where: name,
      medium: media,
      offsite: false,
      every: target.plan.every,
      hours: hoursFor(bytes, restoresPerHour),
    }));

const offsiteCopy = ({ bytes }: Copied, { plan }: BackupTarget, offsite: Offsite): Copy => ({
  where: offsite.kind === "gcs" ? `Google Cloud ${offsite.location}` : new URL(offsite.endpoint).hostname,
  medium: "cloud",
  offsite: true,
  every: plan.every,
  hours: hoursFor(bytes, offsite.restoresPerHour),
});

const hoursFor = (bytes: number, perHour: Bytes): number => bytes / bytesOf(perHour);
