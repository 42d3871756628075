import type { Controller } from "../argocd/controller";
import type { PermittedOn } from "../argocd/permitted";
import type { Files } from "../emit/files";
import { asItStands, type Content, type Part, type Tree } from "../emit/tree";
import type { Cluster } from "../model/cluster";
import type { Lab } from "../model/lab";
import type { Release } from "../model/release";
import type { World } from "../model/resolve";
import { Fingerprints, type Code } from "./fingerprint";
import { filesOf, stampOf, stands, type KeptCluster, type KeptFiles, type Shelf } from "./kept";
import { onlyInside, seenFromOutside } from "./outside";
import type { Outcome, Past } from "./past";
import { foundBy, Reader, type Read, type Sources } from "./reads";

/** Where a run's output is, what made it, and where the next run finds what was kept. */
export interface Place {
  readonly files: Files;
  readonly code: Code;
  readonly shelf: Shelf;
}

/** Under which name it is kept what is made outside the clusters. */
const outside = "outside";

/**
 * Builds only clusters that can have changed. What a cluster came to is kept with a fingerprint of its releases and of what is the
 * same for all clusters, and with everything else that it read: a release that it calls on another cluster, what an Argo CD may
 * do on those that it syncs. While all of that is the same and its files stand, the cluster is not built.
 */
export class Memory implements Past {
  readonly lab: Lab;
  private readonly reader: Reader;
  private readonly fingerprints: Fingerprints;
  private readonly everybody: string;
  private readonly releases = new Map<Release, ReturnType<Memory["release"]>>();
  private readonly reads = new Map<string, Set<Read>>();
  /** To be kept. */
  private readonly fresh = new Map<string, KeptFiles | KeptCluster>();
  private readonly told = new Map<string, string>();
  private sources: Sources | undefined;
  private described = (): void => undefined;

  constructor(lab: Lab, private readonly place: Place) {
    this.reader = new Reader(lab);
    this.lab = this.reader.lab;
    this.fingerprints = new Fingerprints(place.code);
    const { defaults: _defaults, environments: _environments, ...rest } = lab;
    const clusters = lab.clusters.map(({ runs: _runs, retired: _retired, ...cluster }) => cluster);
    this.everybody = this.fingerprints.of([place.code.program, { ...rest, clusters }]);
  }

  world(world: World): World {
    this.sources = { lab: this.lab, world, permitted: () => { throw new Error("nothing was built yet"); } };
    this.described();
    return this.reader.world(world);
  }

  permitted(permitted: PermittedOn): PermittedOn {
    this.sources = { ...this.known(), permitted };
    return this.reader.permitted(permitted);
  }

  during<Result>(cluster: Cluster, act: () => Result): Result {
    const reads = this.reads.get(cluster.name) ?? new Set();
    this.reads.set(cluster.name, reads);
    return this.reader.during(reads, act, cluster);
  }

  /** Calls back once the world is known. */
  onceDescribed(act: () => void): void {
    this.described = act;
  }

  recall(cluster: Cluster, controller: Controller): (Outcome & { readonly tree: Tree<Content> }) | undefined {
    const kept = this.place.shelf.cluster(cluster.name);
    const tree = kept && this.standing(`cluster-${cluster.name}`, kept, this.keyOf(cluster, controller));
    return tree && { ...kept, tree };
  }

  /**
   * What was made outside the clusters before, where making it again would make nothing else.
   * @param code digest of what makes it
   */
  recallOutside(code: string): Tree<Content> | undefined {
    const kept = this.place.shelf.read(outside);
    return kept && this.standing(outside, kept, this.outsideKey(code));
  }

  /** Whether anything is known of it. */
  hasOutside(): boolean {
    return this.place.shelf.read(outside) !== undefined;
  }

  madeOutside(code: string, reads: readonly string[], tree: Tree): void {
    this.fresh.set(outside, { key: this.outsideKey(code), reads: this.foundBy(reads), ...filesOf([tree]) });
  }

  built(cluster: Cluster, controller: Controller, { tally, findings, waits, permitted }: Outcome, parts: readonly Part[]): void {
    const reads = this.foundBy(this.reads.get(cluster.name) ?? []);
    this.fresh.set(`cluster-${cluster.name}`, { tally, findings, waits, permitted, key: this.keyOf(cluster, controller), reads, ...filesOf(parts.map(({ tree }) => tree)) });
  }

  /** Keeps everything that is new, once all files are written. Returns what the disk tells of each file, where it tells enough. */
  keep(): ReadonlyMap<string, string> {
    for (const [name, { stamp: _old, ...kept }] of this.fresh) {
      for (const path of kept.paths) this.told.delete(path);
      const stamp = stampOf(this.place.files, kept.paths, this.told);
      this.place.shelf.write(name, { ...kept, ...(stamp === undefined ? {} : { stamp }) });
    }
    return this.told;
  }

  private keyOf(cluster: Cluster, { release, ...controller }: Controller): string {
    const { world } = this.known();
    const own = [...world.releasesOn(cluster), ...world.retired.filter((it) => it.cluster === cluster)];
    const syncedBy = { ...controller, cluster: controller.cluster.name, clusters: controller.clusters.map(({ name }) => name), release: release && this.release(release).whole };
    return this.fingerprints.of([this.everybody, cluster.name, syncedBy, own.map((it) => this.release(it).whole)]);
  }

  private outsideKey(code: string): string {
    const { world } = this.known();
    return this.fingerprints.of([this.everybody, code, [...world.releases, ...world.retired].map((it) => this.release(it).outside)]);
  }

  /** Fingerprints of a release: of what can be seen of it from outside, and of all of it. */
  private release(release: Release): { readonly outside: string; readonly whole: string } {
    const known = this.releases.get(release);
    if (known !== undefined) return known;
    const outside = this.fingerprints.of(seenFromOutside(release));
    const found = { outside, whole: this.fingerprints.of([outside, onlyInside(release)]) };
    this.releases.set(release, found);
    return found;
  }

  /** Its files, where all that they were made from is the same, and they stand. */
  private standing(name: string, kept: KeptFiles, key: string): Tree<Content> | undefined {
    if (kept.key !== key || Object.entries(kept.reads).some(([read, found]) => this.found(read) !== found)) return undefined;
    const now = stands(kept, this.place.files, this.told);
    if (now === "changed") return undefined;
    // Next time the disk's word is enough.
    if (now === "same") this.fresh.set(name, kept);
    const tree = new Map<string, Content>();
    for (const path of kept.paths) tree.set(path, asItStands);
    return tree;
  }

  private readonly foundBy = (reads: Iterable<string>): Readonly<Record<string, string>> => Object.fromEntries([...reads].map((read) => [read, this.found(read)]));

  private readonly found = (read: string): string => this.fingerprints.of(foundBy(read, this.known()));

  private known(): Sources {
    if (this.sources === undefined) throw new Error("no world yet");
    return this.sources;
  }
}
