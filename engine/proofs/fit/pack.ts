import type { Cluster, Node } from "../../model/cluster";
import { bytesOf } from "../../model/quantity";
import type { PodSet } from "./pods";

/** One pod of a set, and where it goes. */
export interface Placed {
  readonly pods: PodSet;
  readonly node: string;
}

/** A witness that everything fits, or what found no room in the best attempt. */
export interface Packing {
  readonly placed: readonly Placed[];
  readonly unplaced: readonly PodSet[];
  /** What is left on each node. */
  readonly free: readonly Free[];
}

/** What nobody has asked for on a node: thousandths of a core, bytes, devices. */
export interface Free {
  readonly node: string;
  readonly cpu: number;
  readonly memory: number;
  readonly devices: Readonly<Record<string, number>>;
}

/** What is still free on a node while it is being packed. */
interface Room {
  readonly node: Node;
  cpu: number;
  memory: number;
  pods: number;
  readonly devices: Record<string, number>;
  readonly sets: Set<PodSet>;
}

/** The kubelet's default: https://kubernetes.io/docs/setup/best-practices/cluster-large/ */
const podsPerNode = 110;

/**
 * Puts every pod on a node as the scheduler may: by requests, devices, architecture, selectors and taints. Largest first, on
 * the node that it fills best; three orders are tried, since one of them may fit what another does not.
 */
export function pack(cluster: Cluster, sets: readonly PodSet[], nodes: readonly Node[] = cluster.nodes): Packing {
  let best = attempt(cluster, sets, nodes, byMemory);
  for (const order of otherOrders) {
    if (best.unplaced.length === 0) break;
    const next = attempt(cluster, sets, nodes, order);
    if (next.unplaced.length < best.unplaced.length) best = next;
  }
  return best;
}

type Order = (set: PodSet) => number;
const deviceCount: Order = (set) => Object.values(set.requests.devices).reduce((sum, count) => sum + count, 0);
const byMemory: Order = (set) => set.requests.memory;
const otherOrders: readonly Order[] = [(set) => set.requests.cpu, (set) => set.requests.memory / 2 ** 30 + set.requests.cpu / 250];

function attempt(cluster: Cluster, sets: readonly PodSet[], nodes: readonly Node[], order: Order): Packing {
  const rooms = nodes.map((node) => roomOf(cluster, node));
  const allowed = new Map(sets.map((set) => [set, rooms.filter((room) => mayStand(set, room.node))]));
  /** Where a set may stand, however much room there is. */
  const choicesOf = (set: PodSet): readonly Room[] => allowed.get(set) ?? [];
  const placed: Placed[] = [];
  const unplaced: PodSet[] = [];
  const put = (set: PodSet, room: Room) => {
    take(room, set);
    placed.push({ pods: set, node: room.node.name });
  };
  for (const set of sets.filter((it) => it.count === "per-node"))
    for (const room of choicesOf(set)) if (hasRoom(room, set)) put(set, room); else unplaced.push(set);

  // Sets with few nodes to choose from go first.
  const single = sets.filter((it) => it.count !== "per-node").sort((a, b) => choicesOf(a).length - choicesOf(b).length || deviceCount(b) - deviceCount(a) || order(b) - order(a));
  for (const set of single)
    for (let i = 0; i < Number(set.count); i++) {
      const best = roomFor(set, choicesOf(set));
      if (best) put(set, best);
      else unplaced.push(set);
    }
  return { placed, unplaced, free: rooms.map(({ node, cpu, memory, devices }) => ({ node: node.name, cpu, memory, devices })) };
}

/** Replicas spread while they can; everything else goes where it leaves the least behind. */
function roomFor(set: PodSet, rooms: readonly Room[]): Room | undefined {
  const fitting = rooms.filter((room) => hasRoom(room, set));
  const fresh = set.spread ? fitting.filter((room) => !room.sets.has(set)) : fitting;
  return (fresh.length ? fresh : fitting).reduce<Room | undefined>((best, room) => (best === undefined || left(room, set) < left(best, set) ? room : best), undefined);
}

const left = (room: Room, set: PodSet): number => (room.memory - set.requests.memory) / 2 ** 30 + (room.cpu - set.requests.cpu) / 1000 + 1000 * deviceLeft(room, set);

/** A pod without a device stays off nodes that have some, where it can. */
const deviceLeft = (room: Room, set: PodSet): number => Object.values(room.devices).reduce((sum, free) => sum + free, 0) - deviceCount(set);

function hasRoom(room: Room, { requests }: PodSet): boolean {
  return room.pods > 0 && room.cpu >= requests.cpu && room.memory >= requests.memory && Object.entries(requests.devices).every(([name, count]) => (room.devices[name] ?? 0) >= count);
}

function take(room: Room, set: PodSet): void {
  room.cpu -= set.requests.cpu;
  room.memory -= set.requests.memory;
  room.pods -= 1;
  room.sets.add(set);
  for (const [name, count] of Object.entries(set.requests.devices)) room.devices[name] = (room.devices[name] ?? 0) - count;
}

const roomOf = (cluster: Cluster, node: Node): Room => ({
  node,
  cpu: node.cpu * 1000,
  memory: bytesOf(node.memory),
  pods: podsPerNode,
  devices: node.gpus.length ? { [`${node.gpus[0]?.vendor ?? ""}.com/gpu`]: node.gpus.length * (cluster.provides.gpu?.shares ?? 1) } : {},
  sets: new Set(),
});

/** Whether a pod may stand on a node at all, however much room there is. */
export function mayStand(set: PodSet, node: Node): boolean {
  const labels: Readonly<Record<string, string>> = { "kubernetes.io/arch": node.arch, "kubernetes.io/os": "linux", "kubernetes.io/hostname": node.name, ...node.labels };
  return (
    (set.nodes?.includes(node.name) ?? true) &&
    set.architectures.includes(node.arch) &&
    Object.entries(set.nodeSelector).every(([key, value]) => labels[key] === value) &&
    node.taints.every((taint) => taint.effect === "PreferNoSchedule" || set.tolerations.some((it) => tolerates(it, taint)))
  );
}

function tolerates(toleration: PodSet["tolerations"][number], taint: Node["taints"][number]): boolean {
  if (toleration.key !== undefined && toleration.key !== taint.key) return false;
  if (toleration.effect !== undefined && toleration.effect !== taint.effect) return false;
  return toleration.operator === "Exists" || toleration.value === taint.value || (toleration.value === undefined && taint.value === undefined);
}
