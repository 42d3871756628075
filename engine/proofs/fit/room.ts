import { allocatableOf, offeredAs } from "../../model/allocatable";
import { isTolerated } from "../../model/candidate-nodes";
import type { Cluster, Node } from "../../model/cluster";
import { bytesOf } from "../../model/quantity";
import type { PodSet } from "./pods";

/** A device, or what is left of a shared one. */
interface Device {
  readonly resource: string;
  shares: number;
  memory: number;
}

/** What is still free on a node while it is being packed. */
export interface Room {
  readonly node: Node;
  readonly labels: Readonly<Record<string, string>>;
  cpu: number;
  memory: number;
  /** Of the disk that the system, images, scratch space and node-local volumes share. */
  disk: number;
  pods: number;
  readonly devices: readonly Device[];
  /** Ports of the node that are taken. */
  readonly ports: Set<string>;
  readonly seated: PodSet[];
  /** Those of them that refuse some neighbours. */
  readonly refusing: PodSet[];
}

export function emptyRoom(cluster: Cluster, node: Node, labels: Readonly<Record<string, string>>): Room {
  const { cpu, memory, ephemeralStorage: disk, pods, gpus } = allocatableOf(node);
  const devices = gpus.map((gpu): Device => ({ ...offeredAs(cluster, gpu), memory: bytesOf(gpu.memory) }));
  return { node, labels, cpu, memory, disk, pods, devices, ports: new Set(), seated: [], refusing: [] };
}

export const copyOf = (room: Room): Room => ({ ...room, devices: room.devices.map((device) => ({ ...device })), ports: new Set(room.ports), seated: [...room.seated], refusing: [...room.refusing] });

/** Whether a pod may stand on a node at all, however much room there is. */
export const mayStand = (set: PodSet, { node, labels }: Pick<Room, "node" | "labels">): boolean => set.architectures.includes(node.arch) && set.stands(labels, node) && isTolerated(node, set.tolerations);

/** Pods that stand on one node together or not at all: one pod, or all that share a volume which one node at a time can mount. */
export type Unit = readonly PodSet[];

/** Puts a unit into a room, or changes nothing and says that there is no space. */
export function takeInto(room: Room, unit: Unit): boolean {
  const disk = diskOf(unit);
  const cpu = unit.reduce((sum, { requests }) => sum + requests.cpu, 0);
  const memory = unit.reduce((sum, { requests }) => sum + requests.memory, 0);
  if (room.cpu < cpu || room.memory < memory || room.disk < disk || room.pods < unit.length) return false;
  const ports = unit.flatMap((set) => set.ports);
  if (ports.some((port, index) => room.ports.has(port) || ports.indexOf(port) < index)) return false;
  const taken = unit.some(asksDevices) ? devicesFor(room, unit) : [];
  if (!taken) return false;
  for (const [device, bytes] of taken) {
    device.shares -= 1;
    device.memory -= bytes;
  }
  room.cpu -= cpu;
  room.memory -= memory;
  room.disk -= disk;
  room.pods -= unit.length;
  for (const port of ports) room.ports.add(port);
  room.seated.push(...unit);
  for (const set of unit) if (set.rules.apart.length > 0) room.refusing.push(set);
  return true;
}

const asksDevices = ({ requests }: PodSet): boolean => Object.keys(requests.devices).length > 0;

/** Scratch space, and volumes on the node's own disk: each volume once. */
function diskOf(unit: Unit): number {
  const local = new Map(unit.flatMap(({ claims }) => claims.filter(({ nodeLocal }) => nodeLocal).map(({ id, bytes }) => [id, bytes] as const)));
  return unit.reduce((sum, { requests }) => sum + requests.ephemeralStorage, 0) + [...local.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Of each device that will do, the one with the least memory left; undefined where they are too few. */
function devicesFor(room: Room, unit: Unit): readonly (readonly [Device, number])[] | undefined {
  const left = new Map(room.devices.map((device) => [device, { ...device }]));
  const taken: (readonly [Device, number])[] = [];
  for (const { requests, gpuMemory } of unit)
    for (const [resource, count] of Object.entries(requests.devices))
      for (let i = 0; i < count; i++) {
        const [best] = [...left].filter(([, it]) => it.resource === resource && it.shares > 0 && it.memory >= gpuMemory).sort(([, a], [, b]) => a.memory - b.memory);
        if (!best) return undefined;
        best[1].shares -= 1;
        best[1].memory -= gpuMemory;
        taken.push([best[0], gpuMemory]);
      }
  return taken;
}
