import type { BackupPlan } from "./backups";
import { storageFor } from "./chosen-storage";
import type { Cluster } from "./cluster";
import type { Lab } from "./lab";
import { diskMedium, mediumOf, type Medium } from "./medium";
import { speaksTo, type Store } from "./needs";
import type { Offsite } from "./offsite";
import { bytesOf, secondsOf } from "./quantity";
import type { Release } from "./release";
import type { World } from "./resolve";
import { mirrorAccount } from "./mirrored";
import { writers, type PodIdentity, type Writer } from "./writer";

/** Something that is copied: a release's store, a cluster's own state, or a machine's files. */
export interface Copied {
  /** Whom findings name: `forge/gitlab`, `forge`, `host nas`. */
  readonly address: string;
  /** `data`, `cluster state`, `/srv/photos`. */
  readonly name: string;
  readonly bytes: number;
  /** What the thing itself is on. */
  readonly medium: Medium;
  /** Who writes its copy, where that is a pod beside it. */
  readonly beside?: PodIdentity;
}

/** One tool's copies for one cluster (or for the machines) and one worth: a bucket, an account, an alert. */
export interface BackupTarget {
  /** A cluster's name, or `hosts`. */
  readonly owner: string;
  readonly writer: Writer;
  readonly worth: Store["worth"];
  readonly plan: BackupPlan;
  readonly of: readonly Copied[];
}

/** Who `owner` is for what machines back up themselves. No cluster may have the name. */
export const hostsOwner = "hosts";

/** Everything that must be copied off site, derived from what releases store. Empty where the lab says nothing of backups. */
export function backupTargets(world: World): readonly BackupTarget[] {
  const { backups, clusters } = world.lab;
  if (!backups) return [];
  const found = [
    ...clusters.flatMap((cluster) => [
      ...stateOf(cluster, world.lab),
      // What the backup itself keeps is there to be restored in drills: nobody would miss it.
      ...world
        .releasesOn(cluster)
        .filter((release) => release.app.name !== cluster.provides.backup?.backedBy)
        .flatMap((it) => storesOf(it, world.lab)),
    ]),
    ...(backups.hosts ?? []).map(({ host, path, size, worth, writer, media }): Part => ({
      owner: hostsOwner,
      writer,
      worth,
      of: { address: `host ${host}`, name: path, bytes: bytesOf(size), medium: media },
    })),
  ].filter(({ writer, worth }) => worth === "precious" || backups.plans[writer].rebuildable === true);
  const targets = new Map<string, BackupTarget>();
  for (const { owner, writer, worth, of } of found) {
    const key = `${owner} ${writer} ${worth}`;
    targets.set(key, { owner, writer, worth, plan: backups.plans[writer], of: [...(targets.get(key)?.of ?? []), of] });
  }
  // By name: where a release stands in the lab must change no plan.
  return [...targets.keys()].sort().flatMap((key) => targets.get(key) ?? []);
}

interface Part {
  readonly owner: string;
  readonly writer: Writer;
  readonly worth: Store["worth"];
  readonly of: Copied;
}

const databases = ["postgres", "mysql", "mongodb", "redis"];

/** Which tool copies a store: what a database keeps is dumped, because its files alone may not be one moment's. */
export function writerOf(release: Release, store: Store): Writer {
  if (store.as === "bucket") return "object-mirror";
  const serves = Object.values(release.needs.exposes ?? {}).some(({ speaks }) => databases.some((database) => speaksTo(database, speaks)));
  return serves ? "database-dumps" : "velero";
}

const storesOf = (release: Release, lab: Lab): readonly Part[] =>
  Object.entries(release.needs.stores ?? {}).map(([name, store]): Part => {
    const storage = store.as === "bucket" ? undefined : storageFor(release, name, store);
    const writer = writerOf(release, store);
    return {
      owner: release.cluster.name,
      writer,
      worth: store.worth,
      of: {
        address: release.address,
        name,
        bytes: bytesOf(store.size),
        medium: mediumOf(storage, release.cluster, lab),
        ...(writers[writer].identity === "beside" ? { beside: { namespace: release.namespace, account: mirrorAccount(release.name) } } : {}),
      },
    };
  });

/** k3s' embedded etcd refuses to grow past 2 GiB; a cluster of this size stays far below. Kind's clusters are made anew from git. */
const stateOf = (cluster: Cluster, lab: Lab): readonly Part[] =>
  cluster.distribution.name === "k3s"
    ? [
        {
          owner: cluster.name,
          writer: "k3s-snapshots",
          worth: "precious",
          of: { address: cluster.name, name: "cluster state", bytes: bytesOf("200Mi"), medium: diskMedium(cluster, lab, "system") },
        },
      ]
    : [];

/** The bucket of a target: `hearth-forge-velero`. What may be lost stands apart, with other rules. */
export const bucketNameOf = (
  { bucketPrefix }: Offsite,
  { owner, writer, worth }: Pick<BackupTarget, "owner" | "writer" | "worth">,
): string => [bucketPrefix, owner, writer, ...(worth === "precious" ? [] : [worth])].join("-");

/** How many copies are kept at a time. */
export const copiesKept = ({ every, keep }: BackupPlan): number => Math.max(1, Math.ceil(secondsOf(keep) / secondsOf(every)));

/** What a target holds once its oldest copies begin to go, in bytes. */
export function bytesKept({ of, writer, plan }: BackupTarget): number {
  const once = of.reduce((sum, { bytes }) => sum + bytes, 0);
  return writers[writer].whole ? once * copiesKept(plan) : once * (1 + plan.changes * (copiesKept(plan) - 1));
}
