import { isTolerated } from "../../model/candidate-nodes";
import type { Cluster, Node } from "../../model/cluster";
import { companyOf, depthIn, type Company } from "./company";
import { nodeLabels, type PodSet } from "./pods";
import { copyOf, emptyRoom, mayStand, takeInto, type Room, type Unit } from "./room";
import type { Neighbourhood, Spread } from "./rules";

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
  readonly rooms: readonly Room[];
}

/**
 * Puts every pod on a node as the scheduler may: by requests, devices and their memory, disk, architecture, labels and taints, by
 * the neighbours that it demands or refuses, and beside the volumes that are on one node. Largest first, on the node that it
 * fills best; where one order leaves something over, others are tried.
 */
export function pack(cluster: Cluster, sets: readonly PodSet[], nodes: readonly Node[] = cluster.nodes): Packing {
  const rooms = emptyRooms(cluster, nodes);
  const company = companyOf(sets);
  let best = attempt(rooms.map(copyOf), sets, orders[0], nobody, company);
  const sure = best.unplaced.length > 0 ? unavoidable(best.unplaced, rooms) : 0;
  // Whoever found nothing goes before the others the next time.
  const urgent = new Map<PodSet, number>();
  for (let round = 1; best.unplaced.length > sure && round < rounds; round++) {
    const next = attempt(rooms.map(copyOf), sets, orders[round % orders.length] ?? orders[0], urgent, company);
    for (const set of next.unplaced.flatMap((it) => [it, ...(company.get(it)?.before ?? [])])) urgent.set(set, (urgent.get(set) ?? 0) + 1);
    if (next.unplaced.length < best.unplaced.length) best = next;
  }
  return best;
}

/** Nodes as they are before any pod comes. */
export function emptyRooms(cluster: Cluster, nodes: readonly Node[] = cluster.nodes): readonly Room[] {
  const labels = nodeLabels(cluster);
  return nodes.map((node) => emptyRoom(cluster, node, labels.get(node.name) ?? {}));
}

/** How many of these pods no order of packing could seat: they want more than an empty node has, or refuse each other more often than there are nodes. */
export function unavoidable(unplaced: readonly PodSet[], rooms: readonly Room[]): number {
  return [...new Set(unplaced)].reduce((sum, set) => {
    const pods = unplaced.filter((it) => it === set).length;
    const homes = rooms.filter((room) => mayStand(set, room) && takeInto(copyOf(room), [set])).length;
    if (homes === 0) return sum + pods;
    const refusesOwn = set.count !== "per-node" && set.rules.apart.some((it) => it.topologyKey === "kubernetes.io/hostname" && it.takes(set));
    return sum + (refusesOwn ? Math.min(pods, Math.max(0, Number(set.count) - homes)) : 0);
  }, 0);
}

/** Enough that nearly every set of pods that fits is shown to: measured against trying everything in test/proofs/fit. */
const rounds = 24;
const nobody: ReadonlyMap<PodSet, number> = new Map();

type Order = (set: PodSet) => number;
const deviceCount: Order = (set) => Object.values(set.requests.devices).reduce((sum, count) => sum + count, 0);
const orders: readonly [Order, ...Order[]] = [(set) => set.requests.memory, (set) => set.requests.cpu, (set) => set.requests.memory / 2 ** 30 + set.requests.cpu / 250];

function attempt(rooms: readonly Room[], sets: readonly PodSet[], order: Order, urgent: ReadonlyMap<PodSet, number>, company: Company): Packing {
  const may = remembered(mayStand);
  const unplaced: PodSet[] = [];
  for (const set of sets.filter((it) => it.count === "per-node")) for (const room of rooms.filter((it) => may(set, it))) if (!takeInto(room, [set])) unplaced.push(set);
  const weight = (unit: Unit, of: Order) => unit.reduce((sum, set) => sum + of(set), 0);
  const units = unitsOf(sets.flatMap(podsIn)).map((unit) => ({ unit, choices: rooms.filter((room) => unit.every((set) => may(set, room))).length, devices: weight(unit, deviceCount), size: weight(unit, order), urgent: weight(unit, (set) => urgent.get(set) ?? 0), depth: depthIn(company, unit) }));
  // Whoever others must find there goes before them (and is as urgent as they are), and then those with few nodes to choose from.
  for (const { unit } of units.sort((a, b) => b.urgent - a.urgent || a.depth - b.depth || a.choices - b.choices || b.devices - a.devices || b.size - a.size)) if (!seat(rooms, unit, may)) unplaced.push(...unit);
  return { placed: rooms.flatMap((room) => room.seated.map((pods) => ({ pods, node: room.node.name }))), unplaced, rooms };
}

/** Where a set may stand does not change while nodes fill. */
function remembered(stands: typeof mayStand): (set: PodSet, room: Room) => boolean {
  const known = new Map<PodSet, Map<Room, boolean>>();
  return (set, room) => {
    const rooms = known.get(set) ?? new Map<Room, boolean>();
    known.set(set, rooms);
    const answer = rooms.get(room) ?? stands(set, room);
    rooms.set(room, answer);
    return answer;
  };
}

/** Seats pods in what is left, without moving anybody: what the scheduler does with those whose node is gone, or one more in a rollout. */
export function seatMore(rooms: readonly Room[], pods: readonly PodSet[]): readonly PodSet[] {
  const own = rooms.map(copyOf);
  const company = companyOf(pods);
  const inOrder = company.size === 0 ? unitsOf(pods) : [...unitsOf(pods)].sort((a, b) => depthIn(company, a) - depthIn(company, b));
  return inOrder.flatMap((unit) => (seat(own, unit, mayStand) ? [] : unit));
}

/** The pods of a set, one by one; those that are one on each node have their seats anyway. */
const podsIn = (set: PodSet): readonly PodSet[] => (set.count === "per-node" ? [] : Array.from({ length: set.count }, () => set));

/** Every pod by itself, but for those that share a volume which only one node can mount. */
export function unitsOf(pods: readonly PodSet[]): readonly Unit[] {
  const byClaim = new Map<string, PodSet[]>();
  const single: Unit[] = [];
  for (const pod of pods) {
    const shared = pod.claims.filter(({ perPod, onOneNode }) => onOneNode && !perPod);
    if (shared.length === 0) single.push([pod]);
    else {
      const unit = shared.map(({ id }) => byClaim.get(id)).find((it) => it !== undefined) ?? [];
      unit.push(pod);
      for (const { id } of shared) byClaim.set(id, unit);
    }
  }
  return [...single, ...new Set(byClaim.values())];
}

/** Replicas spread while they can; everything else goes where it leaves the least behind. */
function seat(rooms: readonly Room[], unit: Unit, may: (set: PodSet, room: Room) => boolean): boolean {
  const open = rooms.filter((room) => unit.every((set) => may(set, room) && suits(set, room, rooms)));
  const spreads = unit.some(({ rules }) => rules.prefersSpread);
  const ranked = open.map((room) => ({ room, crowd: spreads ? room.seated.filter((it) => unit.includes(it)).length : 0, left: left(room, unit) }));
  return ranked.sort((a, b) => a.crowd - b.crowd || a.left - b.left).some(({ room }) => takeInto(room, unit));
}

/** What stays unused, in cores and GiB; a pod without a device stays off nodes that have some, where it can. */
const left = (room: Room, unit: Unit): number => {
  const wants = unit.some((set) => deviceCount(set) > 0);
  return room.memory / 2 ** 30 + room.cpu / 1000 + (wants ? 0 : 1000 * room.devices.reduce((sum, { shares }) => sum + shares, 0));
};

/** Whether a pod's neighbours on a node are such as it demands, and it such as they do. */
function suits(set: PodSet, room: Room, rooms: readonly Room[]): boolean {
  const { apart, beside, spread } = set.rules;
  const isHere = (it: Neighbourhood, other: Room) => other.labels[it.topologyKey] !== undefined && other.labels[it.topologyKey] === room.labels[it.topologyKey];
  const there = (it: Neighbourhood) => rooms.filter((other) => isHere(it, other)).flatMap(({ seated }) => seated);
  return (
    apart.every((it) => !there(it).some((other) => it.takes(other))) &&
    !rooms.some((other) => other.refusing.some((pod) => pod.rules.apart.some((it) => isHere(it, other) && it.takes(set)))) &&
    // The first of a group that wants to be together has nobody to stand beside.
    beside.every((it) => there(it).some((other) => it.takes(other)) || (it.takes(set) && !rooms.some(({ seated }) => seated.some((other) => it.takes(other))))) &&
    spread.every((it) => isEven(it, set, room, rooms))
  );
}

/**
 * Which nodes count as places is the pod's to say (`nodeAffinityPolicy`, `nodeTaintsPolicy`): by itself it counts those that it
 * does not tolerate. https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition
 */
function isEven(it: Spread, set: PodSet, room: Room, rooms: readonly Room[]): boolean {
  const counts = new Map<string, number>();
  const isPlace = ({ labels, node }: Room) => (!it.asSelected || set.stands(labels, node)) && (!it.asTolerated || isTolerated(node, set.tolerations));
  for (const other of rooms.filter(isPlace)) {
    const place = other.labels[it.topologyKey];
    if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + other.seated.filter((pod) => it.takes(pod)).length);
  }
  const here = counts.get(room.labels[it.topologyKey] ?? "");
  return here !== undefined && here + (it.takes(set) ? 1 : 0) - Math.min(...counts.values()) <= it.maxSkew;
}
