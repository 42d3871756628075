import type { Permitted, PermittedOn } from "../argocd/permitted";
import type { Cluster } from "../model/cluster";
import type { Lab } from "../model/lab";
import type { Release } from "../model/release";
import type { World } from "../model/resolve";

/** Everything that a cluster may be built from, besides what is the same for all clusters. */
export interface Sources {
  readonly lab: Lab;
  readonly world: World;
  readonly permitted: PermittedOn;
  /** What a release is known by. */
  known(release: Release): unknown;
}

/** What one may read of them that another release, or a default for releases, can change; each by a name, or an empty one. */
const kinds = {
  defaults: (_name, { lab }) => lab.defaults,
  environments: (_name, { lab }) => lab.environments,
  runs: (name, { lab }) => lab.clusters.find((it) => it.name === name)?.runs,
  retired: (name, { lab }) => lab.clusters.find((it) => it.name === name)?.retired,
  "all releases": (_name, { world, known }) => world.releases.map(known),
  "all retired": (_name, { world, known }) => world.retired.map(known),
  releases: (name, { world, known }) => world.lab.clusters.filter((it) => it.name === name).flatMap((cluster) => world.releasesOn(cluster).map(known)),
  release: (name, { world, known }) => [world.release(name) ?? []].flat().map(known),
  permitted: (name, { lab, permitted }) => lab.clusters.filter((it) => it.name === name).map(permitted),
} satisfies Readonly<Record<string, (name: string, sources: Sources) => unknown>>;

/** `release:forge/ollama` */
export type Read = `${keyof typeof kinds}:${string}`;

/** What a read finds. Two runs in which all reads find the same build the same. */
export function foundBy(read: string, sources: Sources): unknown {
  const [kind = "", name = ""] = read.split(":");
  const find = (kinds as Readonly<Record<string, (name: string, sources: Sources) => unknown>>)[kind];
  if (find === undefined) throw new Error(`nobody reads ${read}`);
  return find(name, sources);
}

/** A release by what was said and chosen for it; where it stands is the same for all clusters. */
export const withoutPlace = ({ cluster, site: _site, ...release }: Release) => ({ ...release, cluster: cluster.name });

/** Notes what building a cluster reads of the others, by letting it look through a lab and a world that tell. */
export class Reader {
  readonly lab: Lab;
  /** Who is reading: the last one for those before it. */
  private readonly reading: { readonly cluster?: string; readonly reads: Set<Read> }[] = [];

  constructor(lab: Lab) {
    const clusters = lab.clusters.map((cluster) => telling(cluster, { runs: () => this.note(`runs:${cluster.name}`), retired: () => this.note(`retired:${cluster.name}`) }));
    this.lab = telling({ ...lab, clusters }, { defaults: () => this.note("defaults:"), environments: () => this.note("environments:") });
  }

  /**
   * Does something, and adds to what it reads.
   * @param cluster whose own releases are no news
   */
  during<Result>(reads: Set<Read>, act: () => Result, cluster?: Cluster): Result {
    this.reading.push({ reads, ...(cluster ? { cluster: cluster.name } : {}) });
    try {
      return act();
    } finally {
      this.reading.pop();
    }
  }

  /** As if it were read now. */
  again(reads: Iterable<string>): void {
    for (const read of reads) this.note(read as Read);
  }

  /** @param onEachCluster how it is looked at on each cluster */
  world(world: World, onEachCluster: World["onEachCluster"] = world.onEachCluster): World {
    const { note } = this;
    return {
      lab: world.lab,
      get releases() {
        note("all releases:");
        return world.releases;
      },
      get retired() {
        note("all retired:");
        return world.retired;
      },
      release: (address) => {
        note(`release:${address}`);
        return world.release(address);
      },
      startEdges: () => {
        note("all releases:");
        return world.startEdges();
      },
      onEachCluster,
      releasesOn: (cluster) => {
        note(`releases:${cluster.name}`);
        return world.releasesOn(cluster);
      },
    };
  }

  permitted(permitted: PermittedOn): PermittedOn {
    return (cluster): Permitted => {
      this.note(`permitted:${cluster.name}`);
      return permitted(cluster);
    };
  }

  /** A cluster's own are known to be read. */
  private readonly note = (read: Read): void => {
    const name = read.slice(read.indexOf(":") + 1);
    for (const { cluster, reads } of this.reading) if (cluster === undefined || (name !== cluster && !name.startsWith(`${cluster}/`))) reads.add(read);
  };
}

/** A copy of which some properties tell that they are read, whether they are there or not. */
export function telling<Value extends object>(value: Value, tells: { readonly [Key in keyof Value]?: () => void }): Value {
  const copy = { ...value };
  for (const [key, tell] of Object.entries<(() => void) | undefined>(tells)) {
    const found: unknown = Reflect.get(value, key);
    Object.defineProperty(copy, key, {
      enumerable: key in value,
      get: () => {
        tell?.();
        return found;
      },
    });
  }
  return copy;
}
