import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import type { ImageSizes } from "../../model/image";
import type { Bytes } from "../../model/quantity";
import type { Environment } from "../../model/placement";
import type { World } from "../../model/resolve";
import { podSetsOn } from "./fits";
import { diskOf } from "./disks";
import { lossesOf } from "./losses";
import { pack, type Packing } from "./pack";
import type { PodSet } from "./pods";
import type { Room } from "./room";

/** A node of a cluster with every pod that the packing put on it, and what is left. */
export interface SeatedNode {
  /** `forge/forge-7`. */
  readonly address: string;
  readonly pods: readonly Seated[];
  /** Cores, bytes and devices that nobody has asked for. */
  readonly free: { readonly cpu: number; readonly memory: number; readonly disk: number; readonly devices: Readonly<Record<string, number>> };
  /** What its pods make it pull: bytes, those of unknown size as the lab counts them, and the names of these. */
  readonly images: { readonly bytes: number; readonly unknown: readonly string[] };
}

/** Pods of one workload on one node. */
export interface Seated {
  /** `forge/ollama`. */
  readonly release: string;
  /** `Deployment/ollama`, or the component that a controller makes. */
  readonly name: string;
  readonly count: number;
}

/** Pods that are gone with a node. What is of production only is so because its placement says that it may be. */
export interface LostPods extends Seated {
  /** Undefined for what the distribution runs itself. */
  readonly environment?: Environment;
}

/** The proof that everything fits, node by node: one way in which the scheduler can place it all. */
export interface Witness {
  /** What each image of unknown size is counted as; undefined where they are not. */
  readonly othersCountedAs?: Bytes;
  readonly nodes: readonly SeatedNode[];
  /** What found no node; empty wherever synth has no finding of rule `fits`. */
  readonly homeless: readonly Seated[];
  /** By node, what is gone while it is: what finds no other, and what waits for a volume there. */
  readonly losses: readonly { readonly address: string; readonly homeless: readonly LostPods[]; readonly bound: readonly LostPods[] }[];
}

export function witness(built: readonly Built[], world: World): Witness {
  const packings = world.lab.clusters.map((cluster) => {
    const sets = podSetsOn(cluster, built);
    return { cluster, sets, packing: pack(cluster, sets) };
  });
  return {
    ...(world.lab.imageSizes?.others === undefined ? {} : { othersCountedAs: world.lab.imageSizes.others }),
    nodes: packings.flatMap(({ cluster, packing }) => seatedOn(cluster, packing, world.lab.imageSizes)),
    homeless: packings.flatMap(({ packing }) => counted(packing.unplaced)),
    losses: packings.flatMap(({ cluster, sets, packing }) =>
      lossesOf(cluster, sets, packing).map(({ node, homeless, bound }) => ({ address: `${cluster.name}/${node.name}`, homeless: lostPods(homeless), bound: lostPods(bound) })),
    ),
  };
}

const seatedOn = (cluster: Cluster, { rooms }: Packing, sizes: ImageSizes | undefined): readonly SeatedNode[] =>
  rooms.map((room) => {
    const { node, seated, cpu, memory, disk, devices } = room;
    const { images, unknown } = diskOf(room, sizes);
    return { address: `${cluster.name}/${node.name}`, pods: counted(seated), free: { cpu: cpu / 1000, memory, disk, devices: freeDevices(devices) }, images: { bytes: images, unknown } };
  });

function freeDevices(devices: Room["devices"]): Readonly<Record<string, number>> {
  const free: Record<string, number> = {};
  for (const { resource, shares } of devices) free[resource] = (free[resource] ?? 0) + shares;
  return free;
}

const counted = (sets: readonly PodSet[]): readonly Seated[] => countsOf(sets).map(([{ address, name }, count]) => ({ release: address, name, count }));

const lostPods = (sets: readonly PodSet[]): readonly LostPods[] =>
  countsOf(sets).map(([{ address, name, release }, count]) => ({ release: address, name, count, ...(release ? { environment: release.environment } : {}) }));

function countsOf(sets: readonly PodSet[]): readonly (readonly [PodSet, number])[] {
  const counts = new Map<PodSet, number>();
  for (const set of sets) counts.set(set, (counts.get(set) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.address.localeCompare(b.address) || a.name.localeCompare(b.name));
}
