import type { Cluster } from "../model/cluster";
import type { Finding } from "../model/finding";
import type { Lab } from "../model/lab";
import type { World } from "../model/resolve";
import type { Reader, Read } from "./reads";

/** What looks in one place found, and what that followed from. */
export interface KeptLooks {
  readonly key: string;
  readonly reads: Readonly<Record<string, string>>;
  /** Which look, counted from 0, and what it found. */
  readonly found: readonly (readonly [nth: number, findings: readonly Finding[]])[];
}

/** By where was looked: on a cluster of this name, or at the whole lab. */
export type AllKeptLooks = Readonly<Record<string, KeptLooks>>;

/** Fingerprints of what looks see. */
export interface Sight {
  /** Of what is the same for all clusters. */
  readonly everybody: string;
  on(cluster: Cluster): string;
  /** Of what reads find. */
  foundBy(reads: Iterable<string>): KeptLooks["reads"];
  /** Whether reads that were kept find what they found. */
  findTheSame(reads: KeptLooks["reads"]): boolean;
}

/** No cluster has such a name. */
const wholeLab = "";

/**
 * Checks look only where something can have changed; elsewhere they found what they find now. Looks are told apart by their number:
 * the same program looks in the same order.
 */
export class Looks {
  /** Those at the lab that read of it what is the same for all clusters, and nothing else. */
  private readonly atLab: (readonly [number, readonly Finding[]])[] = [];
  private readonly onClusters = new Map<string, { readonly reads: Set<Read>; readonly found: (readonly [number, readonly Finding[]])[] }>();
  private readonly recalled = new Map<string, ReadonlyMap<number, readonly Finding[]> | undefined>();
  private looks = { atLab: 0, onClusters: 0 };

  constructor(private readonly kept: AllKeptLooks, private readonly reader: Reader, private readonly sight: Sight) {}

  look(lab: Lab, check: (lab: Lab) => readonly Finding[]): readonly Finding[] {
    const nth = this.looks.atLab++;
    const { key, found = [] } = this.kept[wholeLab] ?? {};
    const reads = new Set<Read>();
    const findings = (key === this.sight.everybody ? found.find(([it]) => it === nth)?.[1] : undefined) ?? this.reader.during(reads, () => check(lab));
    if (reads.size === 0) this.atLab.push([nth, findings]);
    return findings;
  }

  onEachCluster(world: World, look: Parameters<World["onEachCluster"]>[0]): readonly Finding[] {
    const nth = this.looks.onClusters++;
    return world.lab.clusters.flatMap((cluster) => {
      const recalled = this.recall(cluster);
      if (recalled !== undefined) return recalled.get(nth) ?? [];
      const { reads, found } = this.seen(cluster.name);
      const findings = this.reader.during(reads, () => look(cluster, world.releasesOn(cluster)), cluster);
      if (findings.length > 0) found.push([nth, findings]);
      return findings;
    });
  }

  /** What the next run may recall. Undefined where that is what was kept. */
  toKeep(world: World): AllKeptLooks | undefined {
    const { everybody, on, foundBy } = this.sight;
    if (this.onClusters.size === 0 && this.kept[wholeLab]?.key === everybody) return undefined;
    const clusters = world.lab.clusters.flatMap((cluster): (readonly [string, KeptLooks])[] => {
      const seen = this.onClusters.get(cluster.name);
      const kept = seen ? { key: on(cluster), reads: foundBy(seen.reads), found: seen.found } : this.kept[cluster.name];
      return kept ? [[cluster.name, kept]] : [];
    });
    return { [wholeLab]: { key: everybody, reads: {}, found: this.atLab }, ...Object.fromEntries(clusters) };
  }

  private seen(cluster: string) {
    const seen = this.onClusters.get(cluster) ?? { reads: new Set<Read>(), found: [] };
    this.onClusters.set(cluster, seen);
    return seen;
  }

  /** What looks on a cluster found, where they would find the same. */
  private recall(cluster: Cluster): ReadonlyMap<number, readonly Finding[]> | undefined {
    if (!this.recalled.has(cluster.name)) {
      const kept = this.kept[cluster.name];
      const stands = kept?.key === this.sight.on(cluster) && this.sight.findTheSame(kept.reads);
      this.recalled.set(cluster.name, stands ? new Map(kept.found) : undefined);
    }
    return this.recalled.get(cluster.name);
  }
}
