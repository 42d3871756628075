import type { Controller } from "../argocd/controller";
import type { PermittedOn } from "../argocd/permitted";
import type { Files } from "../emit/files";
import { asItStands, type Content, type Tree } from "../emit/tree";
import type { Cluster } from "../model/cluster";
import type { Lab } from "../model/lab";
import type { World } from "../model/resolve";
import { Fingerprints, type Code } from "./fingerprint";
import { stampsOf, stands, textOf, type Kept, type Shelf } from "./kept";
import type { Outcome, Past } from "./past";
import { foundBy, Reader, withoutPlace, type Read, type Sources } from "./reads";

/** Where a run's output is, what made it, and where the next run finds what was kept. */
export interface Place {
  readonly files: Files;
  readonly code: Code;
  readonly shelf: Shelf;
}

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
  private readonly reads = new Map<string, Set<Read>>();
  /** To be kept, with the paths of its files. */
  private readonly fresh = new Map<string, { readonly kept: Omit<Kept, "stamps">; readonly paths: readonly string[] }>();
  private readonly untouched: Kept["stamps"][] = [];
  private sources: Sources | undefined;

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
    return this.reader.world(world);
  }

  permitted(permitted: PermittedOn): PermittedOn {
    this.sources = { ...this.known(), permitted };
    return this.reader.permitted(permitted);
  }

  during<Result>(cluster: Cluster, act: () => Result): Result {
    const reads = this.reads.get(cluster.name) ?? new Set();
    this.reads.set(cluster.name, reads);
    return this.reader.during(cluster, reads, act);
  }

  recall(cluster: Cluster, controller: Controller): (Outcome & { readonly tree: Tree<Content> }) | undefined {
    const kept = this.place.shelf.read(cluster.name);
    if (kept?.key !== this.keyOf(cluster, controller)) return undefined;
    if (Object.entries(kept.reads).some(([read, found]) => this.found(read) !== found)) return undefined;
    const now = stands(kept, this.place.files);
    if (now === "changed") return undefined;
    const paths = Object.keys(kept.stamps);
    if (now === "untouched") this.untouched.push(kept.stamps);
    // Next time the disk's word is enough.
    else this.fresh.set(cluster.name, { kept, paths });
    return { ...kept, tree: new Map(paths.map((path) => [path, asItStands])) };
  }

  built(cluster: Cluster, controller: Controller, { tally, findings, waits, permitted }: Outcome, tree: Tree): void {
    const reads = Object.fromEntries([...(this.reads.get(cluster.name) ?? [])].map((read) => [read, this.found(read)]));
    this.fresh.set(cluster.name, { kept: { tally, findings, waits, permitted, key: this.keyOf(cluster, controller), reads, text: textOf(tree) }, paths: [...tree.keys()] });
  }

  /** Keeps everything that is new, once all files are written. Returns what the disk tells of each file by which it is known again. */
  keep(): ReadonlyMap<string, string> {
    const stamped = [...this.fresh].map(([cluster, { kept, paths }]) => {
      const stamps = stampsOf(this.place.files, paths);
      this.place.shelf.write(cluster, { ...kept, stamps });
      return stamps;
    });
    return new Map([...this.untouched, ...stamped].flatMap((stamps) => Object.entries(stamps)).filter(([, stamp]) => stamp !== ""));
  }

  private keyOf(cluster: Cluster, { release, ...controller }: Controller): string {
    const { world } = this.known();
    const own = [...world.releasesOn(cluster), ...world.retired.filter((it) => it.cluster === cluster)];
    const syncedBy = { ...controller, cluster: controller.cluster.name, clusters: controller.clusters.map(({ name }) => name), release: release && withoutPlace(release) };
    return this.fingerprints.of([this.everybody, cluster.name, syncedBy, own.map(withoutPlace)]);
  }

  private readonly found = (read: string): string => this.fingerprints.of(foundBy(read, this.known()));

  private known(): Sources {
    if (this.sources === undefined) throw new Error("no world yet");
    return this.sources;
  }
}
