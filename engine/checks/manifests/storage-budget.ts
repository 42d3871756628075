import type { Built } from "../../model/built";
import { storageFor } from "../../model/chosen-storage";
import { error, type Finding } from "../../model/finding";
import { fieldOf, type Manifest } from "../../model/manifest";
import type { Store } from "../../model/needs";
import { bytes, bytesFrom, bytesOf } from "../../model/quantity";
import type { Release } from "../../model/release";
import { nodeQuantities } from "../lab/quantity-valid";
import { groupsOf } from "../groups";
import { arrayOf } from "./violations";

interface Claimed {
  readonly release: Release;
  readonly name: string;
  readonly bytes: number;
  readonly capacity: number;
  /** Who keeps it: volumes, shared volumes and buckets of one app fill the same disks. */
  readonly keeper: string;
}

/**
 * What all releases of a cluster claim of storage that its nodes share is no more than it has, after copies and before it warns.
 * Volumes on the nodes' own disks are packed with their pods.
 */
export const storageBudget = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const cluster = here[0]?.release.cluster;
    if (!cluster || nodeQuantities(cluster).length > 0) return [];
    const claimed = here.flatMap((it) => Object.entries(it.release.needs.stores ?? {}).flatMap(([name, store]) => claimOf(it, name, store)));
    return [...groupsOf(claimed, ({ keeper }) => keeper)].flatMap(([keeper, claims]) => {
      const sum = claims.reduce((total, it) => total + it.bytes, 0);
      const capacity = Math.min(...claims.map((it) => it.capacity));
      if (sum <= capacity) return [];
      const largest = [...claims].sort((a, b) => b.bytes - a.bytes).slice(0, 3);
      return [
        error({
          rule: "storage-budget",
          address: cluster.name,
          found: `${bytesFrom(sum)} claimed of ${keeper}, most by ${largest.map(({ release, name, bytes: count }) => `${release.name}'s ${name} (${bytesFrom(count)})`).join(", ")}`,
          expected: `at most ${bytesFrom(capacity)}, which is what it can keep`,
          fix: "Claim less, add disks, or keep what can be made again elsewhere",
        }),
      ];
    });
  });

function claimOf({ release, manifests }: Built, name: string, store: Store): readonly Claimed[] {
  const { storage, buckets } = release.cluster.provides;
  const own = store.as === "bucket" ? Object.values(storage).find(({ backedBy }) => backedBy !== undefined && backedBy === buckets?.backedBy) : storageFor(release, name, store);
  const capacity = own?.nodeLocal ? undefined : own?.capacity?.(release);
  if (!own || capacity === undefined || !bytes.safeParse(store.size).success) return [];
  // A controller makes a claim for each of its pods, and so does Kubernetes of a StatefulSet's template.
  const made = release.makes.reduce((count, { claims = {} }) => count + (claims[name]?.length ?? 0), replicasWith(manifests, `${release.name}-${name}`));
  return [{ release, name, bytes: bytesOf(store.size) * Math.max(1, made), capacity, keeper: own.backedBy ?? own.storageClassName }];
}

/** The pods of StatefulSets that claim by a template of this name. */
const replicasWith = (manifests: readonly Manifest[], template: string): number =>
  manifests
    .filter(({ kind, spec }) => kind === "StatefulSet" && arrayOf(fieldOf(spec, "volumeClaimTemplates")).some((it) => fieldOf(it, "metadata", "name") === template))
    .reduce((sum, { spec }) => sum + Number(fieldOf(spec, "replicas") ?? 1), 0);
