import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import type { World } from "../../model/resolve";
import { pack, type Packing } from "./pack";
import { podSetsOf, type PodSet } from "./pods";

/** A node of a cluster with every pod that the packing put on it, and what is left. */
export interface SeatedNode {
  /** `forge/forge-7`. */
  readonly address: string;
  readonly pods: readonly Seated[];
  /** Cores, bytes and devices that nobody has asked for. */
  readonly free: { readonly cpu: number; readonly memory: number; readonly devices: Readonly<Record<string, number>> };
}

/** Pods of one workload on one node. */
export interface Seated {
  /** `forge/ollama`. */
  readonly release: string;
  /** `Deployment/ollama`, or the component that a controller makes. */
  readonly name: string;
  readonly count: number;
}

/** The proof that everything fits, node by node: one way in which the scheduler can place it all. */
export interface Witness {
  readonly nodes: readonly SeatedNode[];
  /** What found no node; empty wherever synth has no finding of rule `fits`. */
  readonly homeless: readonly Seated[];
}

export function witness(built: readonly Built[], world: World): Witness {
  const packings = world.lab.clusters.map((cluster) => ({ cluster, packing: pack(cluster, podSetsOn(cluster, built)) }));
  return {
    nodes: packings.flatMap(({ cluster, packing }) => seatedOn(cluster, packing)),
    homeless: packings.flatMap(({ packing }) => counted(packing.unplaced)),
  };
}

/** Every pod of every release of one cluster. */
export const podSetsOn = (cluster: Cluster, built: readonly Built[]): readonly PodSet[] =>
  built.filter(({ release }) => release.cluster === cluster).flatMap(podSetsOf);

const seatedOn = (cluster: Cluster, { placed, free }: Packing): readonly SeatedNode[] =>
  cluster.nodes.map(({ name }) => {
    const { cpu = 0, memory = 0, devices = {} } = free.find(({ node }) => node === name) ?? {};
    return {
      address: `${cluster.name}/${name}`,
      pods: counted(placed.filter(({ node }) => node === name).map(({ pods }) => pods)),
      free: { cpu: cpu / 1000, memory, devices },
    };
  });

function counted(sets: readonly PodSet[]): readonly Seated[] {
  const counts = new Map<PodSet, number>();
  for (const set of sets) counts.set(set, (counts.get(set) ?? 0) + 1);
  return [...counts]
    .map(([{ release, name }, count]) => ({ release: release.address, name, count }))
    .sort((a, b) => a.release.localeCompare(b.release) || a.name.localeCompare(b.name));
}
