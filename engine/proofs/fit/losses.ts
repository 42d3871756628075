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
    return { node, homeless: couldHelp(left, cluster, node) ? packedAnew(cluster, sets, packing, node) : left, bound };
  });
}

/** Moving nobody usually suffices, and is what the scheduler does. All are packed anew only where it does not and that could change something. */
const couldHelp = (left: readonly PodSet[], cluster: Cluster, lost: Node): boolean => left.length > 0 && left.length > unavoidable(left, emptyRooms(cluster, without(cluster, lost)));

const without = ({ nodes }: Cluster, lost: Node): readonly Node[] => nodes.filter((node) => node !== lost);

/** All anew, but for pods whose volume is on a node's own disk: those stay where the volume is, or wait for it. */
function packedAnew(cluster: Cluster, sets: readonly PodSet[], { placed }: Packing, lost: Node): readonly PodSet[] {
  const isHeld = ({ count, claims }: PodSet) => count !== "per-node" && claims.some(({ nodeLocal }) => nodeLocal);
  const held = placed.filter(({ pods, node }) => node !== lost.name && isHeld(pods)).map(({ pods, node }) => ({ ...pods, count: 1, stands: (_: unknown, { name }: Node) => name === node }));
  return pack(cluster, [...sets.filter((set) => !isHeld(set)), ...held], without(cluster, lost)).unplaced;
}
