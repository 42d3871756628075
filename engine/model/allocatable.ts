import type { Cluster, Node } from "./cluster";
import type { GpuDevice } from "./host";
import { bytesOf } from "./quantity";

/** What the kubelet of a node offers to pods, in the scheduler's own numbers. */
export interface Allocatable {
  /** Thousandths of a core. */
  readonly cpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  readonly pods: number;
  readonly gpus: readonly GpuDevice[];
}

/** https://kubernetes.io/docs/setup/best-practices/cluster-large/ */
const podsPerNode = 110;

/**
 * The kubelet evicts below 100Mi of memory and 10 % of its disk, and offers neither:
 * https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#hard-eviction-thresholds
 */
export const allocatableOf = (node: Node): Allocatable => ({
  cpu: node.cpu * 1000,
  memory: bytesOf(node.memory) - bytesOf("100Mi"),
  ephemeralStorage: Math.floor(bytesOf(node.ephemeralStorage) * 0.9),
  pods: podsPerNode,
  gpus: node.gpus,
});

/** The extended resource under which a device is offered, and how many pods may share it. */
export function offeredAs({ provides }: Cluster, { vendor, memory }: GpuDevice): { readonly resource: string; readonly shares: number } {
  const { gpu } = provides;
  return gpu?.vendor === vendor ? { resource: gpu.provide({ vendor, count: 1, memory }).resource, shares: gpu.shares } : { resource: `${vendor}.com/gpu`, shares: 1 };
}
