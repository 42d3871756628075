import type { Controller } from "../argocd/controller";
import type { PermittedOn } from "../argocd/permitted";
import type { Written } from "../emit/disk";
import type { Compared, FileIndex, IndexedPiece } from "../emit/file-index";
import type { Files } from "../emit/files";
import { journals } from "../emit/journal";
import { nothing, parentsOf, type Output, type Part, type StandingFiles, type Tree } from "../emit/tree";
import type { BuildRelease, Built } from "../model/built";
import type { Cluster } from "../model/cluster";
import type { Finding } from "../model/finding";
import type { Lab } from "../model/lab";
import type { Release } from "../model/release";
import type { World } from "../model/resolve";
import { Fingerprints, type Code } from "./fingerprint";
import { byDirectory, filesOf, standing, type KeptCluster, type KeptFiles, type KeptOutside, type KeptRelease, type KeptReleases, type Shelf } from "./kept";
import { Looks } from "./looks";
import { seenFromOutside } from "./outside";
import type { Outcome, Past } from "./past";
import { foundBy, Reader, withoutPlace, type Read, type Sources } from "./reads";

/** Where a run's output is, what made it, and where the next run finds what was kept. */
export interface Place {
  readonly files: Files;
  readonly code: Code;
  readonly shelf: Shelf;
  readonly index: FileIndex;
}

type Unwritten<Kept extends KeptFiles> = Omit<Kept, "text">;

/**
 * Builds only what can have changed. What a cluster came to is kept with a fingerprint of its releases and of what is the
 * same for all clusters, and with everything else that it read: a release that it calls on another cluster, what an Argo CD may
 * do on those that it syncs. While all of that is the same and its files stand, the cluster is neither checked nor built. On one that
 * is, each release is kept in the same way, and only what cannot have stayed the same is built: all are checked together.
 */
export class Memory implements Past {
  readonly lab: Lab;
  private readonly reader: Reader;
  private readonly fingerprints: Fingerprints;
  private readonly everybody: string;
  private readonly releases = new Map<Release, string>();
  /** On clusters that are not recalled, until they are built. */
  private readonly builtOn = new Map<string, { readonly kept: KeptReleases; readonly now: Map<string, KeptRelease> }>();
  private readonly outside: KeptOutside | undefined;
  private readonly own = new Map<string, string>();
  private readonly reads = new Map<string, Set<Read>>();
  /** To be kept. */
  private readonly fresh = new Map<string, KeptFiles | KeptCluster | KeptOutside>();
  /** What was recalled and what was made, in the order of both. */
  private readonly pieces: IndexedPiece[] = [];
  /** Of all that was made. */
  private readonly paths = new Set<string>();
  private readonly looks: Looks;
  private sources: Sources | undefined;
  private described = (): void => undefined;

  constructor(lab: Lab, private readonly place: Place) {
    this.reader = new Reader(lab);
    this.lab = this.reader.lab;
    this.fingerprints = new Fingerprints(place.code);
    const { defaults: _defaults, environments: _environments, ...rest } = lab;
    const clusters = lab.clusters.map(({ runs: _runs, retired: _retired, ...cluster }) => cluster);
    const everybody = this.fingerprints.of({ ...rest, clusters });
    this.everybody = everybody;
    this.outside = place.shelf.outside();
    this.looks = new Looks(place.shelf.looks(), this.reader, { everybody, on: (cluster) => this.ownOf(cluster), foundBy: this.foundBy, findTheSame: this.findTheSame });
  }

  world(world: World): World {
    this.sources = { lab: this.lab, world, permitted: () => { throw new Error("nothing was built yet"); }, known: this.fingerprintOf };
    this.described();
    return this.reader.world(world, (look) => this.looks.onEachCluster(world, look));
  }

  looked(check: (lab: Lab) => readonly Finding[]): readonly Finding[] {
    return this.looks.look(this.lab, check);
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

  recall(cluster: Cluster, controller: Controller): (Outcome & { readonly standing: StandingFiles }) | undefined {
    const kept = this.place.shelf.cluster(cluster.name);
    const files = kept && this.standing(`cluster-${cluster.name}`, kept, this.keyOf(cluster, controller));
    return files && { ...kept, standing: files };
  }

  readonly release: BuildRelease = (release, from, build) => {
    const { name } = release.cluster;
    const { kept, now } = this.builtOn.get(name) ?? { kept: this.place.shelf.releases(name), now: new Map<string, KeptRelease>() };
    this.builtOn.set(name, { kept, now });
    const key = this.fingerprints.of([this.everybody, this.fingerprintOf(release), from]);
    const known = kept[release.address];
    const stands = known?.key === key && this.findTheSame(known.reads);
    if (stands) this.reader.again(Object.keys(known.reads));
    const { manifests, findings, ...of } = stands ? known : this.builtAnew(key, build);
    now.set(release.address, { ...of, manifests, findings });
    return { release, manifests, findings };
  };

  always(name: string, from: unknown, make: () => Tree): Output {
    const key = this.fingerprints.of(from);
    const kept = this.place.shelf.files(name);
    const files = kept && this.standing(name, kept, key);
    if (files) return { ...nothing, standing: files };
    const tree = make();
    this.made(name, { key, reads: {} }, [tree]);
    return { ...nothing, tree };
  }

  /**
   * What was made outside the clusters before, where making it again would make nothing else.
   * @param code digest of what makes it
   */
  recallOutside(code: string): StandingFiles | undefined {
    const kept = this.outside;
    return kept && this.standing("outside", kept, this.seenFromOutside(code).key);
  }

  /** Whether anything is known of it. */
  hasOutside(): boolean {
    return this.outside !== undefined;
  }

  madeOutside(code: string, reads: readonly string[], tree: Tree): void {
    this.made("outside", { ...this.seenFromOutside(code), reads: this.foundBy(reads) }, [tree]);
  }

  built(cluster: Cluster, controller: Controller, { tally, findings, waits, permitted }: Outcome, parts: readonly Part[]): void {
    const reads = this.foundBy(this.reads.get(cluster.name) ?? []);
    this.place.shelf.write(`releases-${cluster.name}`, Object.fromEntries(this.builtOn.get(cluster.name)?.now ?? []));
    this.builtOn.delete(cluster.name);
    this.made(`cluster-${cluster.name}`, { tally, findings, waits, permitted, key: this.keyOf(cluster, controller), reads }, parts.map(({ tree }) => tree));
  }

  /**
   * Keeps everything that is new, and what stands, once all files are written.
   * @returns a digest of what stands
   */
  keep(tree: Tree, { added, changed, pruned, foreign, directories }: Written, compared: Compared, ownedDirs: readonly string[]): string {
    for (const [name, kept] of this.fresh) this.place.shelf.write(name, kept);
    const looks = this.looks.toKeep(this.known().world);
    if (looks) this.place.shelf.write("looks", looks);
    const others = byDirectory([...tree.keys()].filter((path) => !this.paths.has(path)).concat(foreign));
    const folders = new Set([...ownedDirs, ...journals, ...directories, ...added.flatMap(parentsOf).filter((it) => ownedDirs.some((owned) => it.startsWith(`${owned}/`)))]);
    const written = new Set([...added, ...changed, ...pruned].flatMap((path) => [...parentsOf(path), path]));
    return this.place.index.keep({ pieces: [...this.pieces, { name: "", text: "", files: others }], folders: [...folders], written, compared });
  }

  private keyOf(cluster: Cluster, { release, ...controller }: Controller): string {
    const syncedBy = { ...controller, cluster: controller.cluster.name, clusters: controller.clusters.map(({ name }) => name), release: release && this.fingerprintOf(release) };
    return this.fingerprints.of([this.ownOf(cluster), syncedBy]);
  }

  /** Fingerprint of a cluster with its releases, and of what is the same for all clusters. */
  private ownOf(cluster: Cluster): string {
    const known = this.own.get(cluster.name);
    if (known !== undefined) return known;
    const { world } = this.known();
    const own = [...world.releasesOn(cluster), ...world.retired.filter((it) => it.cluster === cluster)];
    const found = this.fingerprints.of([this.everybody, cluster.name, own.map((it) => this.fingerprintOf(it))]);
    this.own.set(cluster.name, found);
    return found;
  }

  /** What is seen of releases from outside: the same of each that is the same. */
  private seenFromOutside(code: string): Pick<KeptOutside, "key" | "releases"> {
    const { world } = this.known();
    const releases = [...world.releases, ...world.retired].map((release): [string, readonly [string, string]] => {
      const address = `${release.retired ? "retired " : ""}${release.address}`;
      const whole = this.fingerprintOf(release);
      const kept = this.outside?.releases[address];
      return [address, kept?.[0] === whole ? kept : [whole, this.fingerprints.of(seenFromOutside(release))]];
    });
    return { key: this.fingerprints.of([this.everybody, this.place.code.program, code, releases.map(([, [, outside]]) => outside)]), releases: Object.fromEntries(releases) };
  }

  /** Fingerprint of a release. */
  private readonly fingerprintOf = (release: Release): string => {
    const known = this.releases.get(release) ?? this.fingerprints.of(withoutPlace(release));
    this.releases.set(release, known);
    return known;
  };

  private builtAnew(key: string, build: () => Built): KeptRelease {
    const reads = new Set<Read>();
    const { manifests, findings } = this.reader.during(reads, build);
    return { key, reads: this.foundBy(reads), manifests, findings };
  }

  private made(name: string, kept: Unwritten<KeptFiles> | Unwritten<KeptCluster> | Unwritten<KeptOutside>, trees: readonly Tree[]): void {
    const { files, text } = filesOf(trees);
    this.fresh.set(name, { ...kept, text });
    for (const tree of trees) for (const path of tree.keys()) this.paths.add(path);
    this.pieces.push({ name, text, files });
  }

  /** Its files, where all that they were made from is the same, and they stand. */
  private standing(name: string, kept: KeptFiles, key: string): StandingFiles | undefined {
    if (kept.key !== key || !this.findTheSame(kept.reads)) return undefined;
    const { index, files } = this.place;
    const stand = standing(name, kept, index, files);
    if (stand) this.pieces.push({ name, text: kept.text, files: stand });
    return stand;
  }

  private readonly foundBy = (reads: Iterable<string>): Readonly<Record<string, string>> => Object.fromEntries([...reads].map((read) => [read, this.found(read)]));

  private readonly findTheSame = (reads: KeptFiles["reads"]): boolean => Object.entries(reads).every(([read, found]) => this.found(read) === found);

  private readonly found = (read: string): string => this.fingerprints.of(foundBy(read, this.known()));

  private known(): Sources {
    if (this.sources === undefined) throw new Error("no world yet");
    return this.sources;
  }
}