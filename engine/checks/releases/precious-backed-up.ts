import { writerOf } from "../../model/backup-target";
import { writersOn } from "../../model/copies";
import { error, warning, type Finding } from "../../model/finding";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import type { Writer } from "../../model/writer";
import { groupsOf } from "../groups";

/**
 * What is precious is backed up. One finding for each cluster and tool, so that many stores do not drown the rest: an error where the
 * lab says where copies go and the cluster has nothing that brings them there.
 */
export const preciousBackedUp = (world: World): readonly Finding[] =>
  world.onEachCluster(({ name, provides }, releases) => [
    ...[...groupsOf(unprotected(releases), ({ writer }) => (provides.backup ? writer : "")).values()].map((same) => told(same, world)),
    ...(provides.mirror?.check(world.lab) ?? []).map((mistake) => error({ ...mistake, address: name })),
  ]);

interface Unprotected {
  readonly release: Release;
  readonly store: string;
  readonly writer: Writer;
}

/** Precious stores whose tool nothing on their cluster runs. */
const unprotected = (releases: readonly Release[]): readonly Unprotected[] =>
  releases.flatMap((release) =>
    Object.entries(release.needs.stores ?? {}).flatMap(([name, store]) => {
      const writer = writerOf(release, store);
      return store.worth === "precious" && !writersOn(release.cluster).includes(writer) ? [{ release, store: name, writer }] : [];
    }),
  );

function told(same: readonly Unprotected[], { lab }: World): Finding {
  const [first] = same;
  const cluster = first?.release.cluster;
  const tell = lab.backups && !cluster?.provides.backup ? error : warning;
  const names = same.map(({ release, store }) => `${release.name}'s ${store}`).join(", ");
  return tell({
    rule: "precious-backed-up",
    address: cluster?.name ?? "",
    ...(cluster?.provides.backup
      ? { found: `${names}: ${same.length === 1 ? "a" : same.length} precious ${things[first?.writer ?? "velero"]}${same.length === 1 ? "" : "s"}, which ${first?.writer} would copy, and nothing runs it`, fix: `${fixes[first?.writer ?? "velero"] ?? "Place what runs it"}, or call ${same.length === 1 ? "it" : "them"} rebuildable if that is true` }
      : { found: `${same.length === 1 ? "a precious store" : `${same.length} precious stores`} and no backup: ${names}`, fix: "Add `backup` to the cluster's `provides`, or call the stores rebuildable if they are" }),
    expected: "a backup of everything precious",
  });
}

const things: Readonly<Record<Writer, string>> = { velero: "volume", "database-dumps": "database", "object-mirror": "bucket", "k3s-snapshots": "state", restic: "folder" };

const fixes: Readonly<Partial<Record<Writer, string>>> = {
  "object-mirror": "Add `mirror: bucketMirror()` to the cluster's `provides`",
  // Files of a running database are not one moment's.
  "database-dumps": "Nothing of the catalogue dumps databases yet: let the app write dumps into a precious bucket",
};
