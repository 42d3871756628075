import type { Cluster, Node } from "../../model/cluster";
import { emptyRooms, pack, seatMore, unavoidable, type Packing } from "./pack";
import { nodeLabels, type PodSet } from "./pods";

/** What is gone while one node is, though Kubernetes starts elsewhere whatever it can. */
export interface Loss {
  readonly node: Node;
  /** Pods that found no room, however the others are moved. */
  readonly homeless: readonly PodSet[];
  /** Pods that wait for a volume that no other node reaches. */
  readonly bound: readonly PodSet[];
}

/** For each node of a cluster that has more than one, what the loss of it takes away. */
export function lossesOf(cluster: Cluster, sets: readonly PodSet[], packing: Packing): readonly Loss[] {
  if (cluster.nodes.length < 2) return [];
  const labels = nodeLabels(cluster);
  return cluster.nodes.map((node) => {
    const gone = packing.placed.filter((it) => it.node === node.name && it.pods.count !== "per-node").map(({ pods }) => pods);
    const others = without(cluster, node);
    const reaches = (set: PodSet): boolean => set.claims.every(({ topologyKey: key }) => key === undefined || others.some(({ name }) => isSame(labels, key, name, node.name)));
    const bound = gone.filter((set) => !reaches(set));
    const movable = gone.filter(reaches);
    const rest = packing.rooms.filter((room) => room.node !== node);
    const near = besideVolumes(movable.map((pods) => ({ pods, node: node.name })), labels);
    const left = seatMore(rest, near);
    return { node, homeless: couldHelp(left, cluster, node) ? packedAnew(cluster, sets, packing, { lost: node, bound, labels }) : left, bound };
  });
}

type NodeLabels = ReturnType<typeof nodeLabels>;

const isSame = (labels: NodeLabels, key: string, one: string, other: string): boolean => {
  const value = labels.get(one)?.[key];
  return value !== undefined && value === labels.get(other)?.[key];
};

/** Pods that stay where their volumes can be reached; one set stays one set wherever all of it was in one place. */
function besideVolumes(placed: Packing["placed"], labels: NodeLabels): readonly PodSet[] {
  const known = new Map<string, PodSet>();
  return placed.map(({ pods, node }) => {
    const keys = pods.claims.flatMap(({ topologyKey }) => topologyKey ?? []);
    if (keys.length === 0) return pods;
    const at = `${pods.address} ${pods.name} ${keys.map((key) => labels.get(node)?.[key] ?? "").join(" ")}`;
    const held = known.get(at) ?? { ...pods, count: 1, stands: (own, other) => pods.stands(own, other) && keys.every((key) => isSame(labels, key, other.name, node)) };
    known.set(at, held);
    return held;
  });
}

/** Moving nobody usually suffices, and is what the scheduler does. All are packed anew only where it does not and that could change something. */
const couldHelp = (left: readonly PodSet[], cluster: Cluster, lost: Node): boolean => left.length > 0 && left.length > unavoidable(left, emptyRooms(cluster, without(cluster, lost)));

const without = ({ nodes }: Cluster, lost: Node): readonly Node[] => nodes.filter((node) => node !== lost);

interface Lost {
  readonly lost: Node;
  readonly bound: readonly PodSet[];
  readonly labels: NodeLabels;
}

/** All anew, but for pods with a volume that not every node reaches: those stay where it is, or wait for it. */
function packedAnew(cluster: Cluster, sets: readonly PodSet[], { placed }: Packing, { lost, bound, labels }: Lost): readonly PodSet[] {
  const isHeld = ({ count, claims }: PodSet) => count !== "per-node" && claims.some(({ topologyKey }) => topologyKey !== undefined);
  const held = besideVolumes(placed.filter(({ pods, node }) => isHeld(pods) && !(node === lost.name && bound.includes(pods))), labels);
  const counts = new Map<PodSet, number>();
  for (const set of held) counts.set(set, (counts.get(set) ?? 0) + 1);
  return pack(cluster, [...sets.filter((set) => !isHeld(set)), ...[...counts].map(([set, count]) => ({ ...set, count }))], without(cluster, lost)).unplaced;
}
