import type { Cluster, Node } from "../../model/cluster";
import { emptyRooms, pack, seatMore, unavoidable, type Packing } from "./pack";
import type { PodSet } from "./pods";

/** What is gone while one node is, though Kubernetes starts elsewhere whatever it can. */
export interface Loss {
  readonly node: Node;
  /** Pods that found no room, however the others are moved. */
  readonly homeless: readonly PodSet[];
  /** Pods that wait for a volume on the node's own disk. */
  readonly bound: readonly PodSet[];
}

/** For each node of a cluster that has more than one, what the loss of it takes away. */
export function lossesOf(cluster: Cluster, sets: readonly PodSet[], packing: Packing): readonly Loss[] {
  if (cluster.nodes.length < 2) return [];
  return cluster.nodes.map((node) => {
    const gone = packing.placed.filter((it) => it.node === node.name && it.pods.count !== "per-node").map(({ pods }) => pods);
    const bound = gone.filter(({ claims }) => claims.some(({ nodeLocal }) => nodeLocal));
    const movable = gone.filter((it) => !bound.includes(it));
    const rest = packing.rooms.filter((room) => room.node !== node);
    const left = seatMore(rest, movable);
    return { node, homeless: couldHelp(left, cluster, node) ? packedAnew(cluster, sets, bound, node) : left, bound };
  });
}

/** Moving nobody usually suffices, and is what the scheduler does. All are packed anew only where it does not and that could change something. */
const couldHelp = (left: readonly PodSet[], cluster: Cluster, lost: Node): boolean => left.length > 0 && left.length > unavoidable(left, emptyRooms(cluster, without(cluster, lost)));

const without = ({ nodes }: Cluster, lost: Node): readonly Node[] => nodes.filter((node) => node !== lost);

const packedAnew = (cluster: Cluster, sets: readonly PodSet[], bound: readonly PodSet[], lost: Node): readonly PodSet[] =>
  pack(
    cluster,
    sets.map((set) => (set.count === "per-node" || !bound.includes(set) ? set : { ...set, count: set.count - bound.filter((it) => it === set).length })),
    without(cluster, lost),
  ).unplaced;
