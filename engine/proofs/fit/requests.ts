import type { ContainerSpec, PodSpec } from "../../model/pod-template";
import { bytesOf, milliCpuOf, type Bytes, type Cpu } from "../../model/quantity";

/** What a pod asks of a node, in the scheduler's own numbers. */
export interface Requests {
  /** Thousandths of a core. */
  readonly cpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** Extended resources by name: `nvidia.com/gpu`. */
  readonly devices: Readonly<Record<string, number>>;
}

/**
 * As the scheduler counts: main containers and sidecars together, or whatever runs before them with the sidecars that have started
 * by then, whichever is more, of each resource. What the pod says of itself as a whole wins for what it names.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 * https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
 */
export function requestsOf(spec: PodSpec): Requests {
  let sidecars = nothing;
  let before = nothing;
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === "Always") sidecars = plus(sidecars, requested(container));
    else before = most(before, plus(sidecars, requested(container)));
  }
  const all = most(before, spec.containers.map(requested).reduce(plus, sidecars));
  const { cpu, memory } = { ...spec.resources?.limits, ...spec.resources?.requests };
  return { ...all, ...(cpu === undefined ? {} : { cpu: milliCpuOf(`${cpu}` as Cpu) }), ...(memory === undefined ? {} : { memory: byteCount(memory) }) };
}

export const nothing: Requests = { cpu: 0, memory: 0, ephemeralStorage: 0, devices: {} };

export const plus = (one: Requests, other: Requests): Requests => together(one, other, (a, b) => a + b);
const most = (one: Requests, other: Requests): Requests => together(one, other, Math.max);

const together = (one: Requests, other: Requests, how: (a: number, b: number) => number): Requests => ({
  cpu: how(one.cpu, other.cpu),
  memory: how(one.memory, other.memory),
  ephemeralStorage: how(one.ephemeralStorage, other.ephemeralStorage),
  devices: Object.fromEntries([...new Set([...Object.keys(one.devices), ...Object.keys(other.devices)])].map((name) => [name, how(one.devices[name] ?? 0, other.devices[name] ?? 0)])),
});

/** A limit without a request is the request. */
function requested({ resources }: ContainerSpec): Requests {
  const { cpu = "0", memory = "0", "ephemeral-storage": ephemeral = "0", ...others } = { ...resources?.limits, ...resources?.requests };
  const devices = Object.entries(others).filter(([name]) => name.includes("/")).map(([name, count]) => [name, Number(count)] as const);
  return { cpu: milliCpuOf(`${cpu}` as Cpu), memory: byteCount(memory), ephemeralStorage: byteCount(ephemeral), devices: Object.fromEntries(devices) };
}

const byteCount = (quantity: string | number): number => (/^\d+$/.test(String(quantity)) ? Number(quantity) : bytesOf(quantity as Bytes));
