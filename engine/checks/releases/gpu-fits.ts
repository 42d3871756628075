import { candidateNodes } from "../../model/candidate-nodes";
import type { Node } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { GpuNeed } from "../../model/needs";
import { bytes, bytesFrom, bytesOf } from "../../model/quantity";
import type { Release } from "../../model/release";
import { onEachRelease, type World } from "../../model/resolve";
import { nodeQuantities } from "../lab/quantity-valid";

/** A model that no device can hold never loads, and devices that no node has never come: both would only wait. */
export const gpuFits = (world: World): readonly Finding[] =>
  onEachRelease(world, (release) => {
    const { gpu } = release.needs;
    const provider = release.cluster.provides.gpu;
    const sound = gpu && bytes.safeParse(gpu.memory).success && nodeQuantities(release.cluster).length === 0;
    return sound && provider?.vendor === gpu.vendor ? fit(release, gpu, provider.shares) : [];
  });

function fit(release: Release, need: GpuNeed, shares: number): readonly Finding[] {
  const nodes = candidateNodes(release)
    .map((node) => devicesOf(node, need))
    .filter((devices) => devices.length > 0);
  const report = (found: string, expected: string, fix: string): readonly Finding[] => [
    error({ rule: "gpu-fits", address: release.address, found, expected, fix }),
  ];
  if (nodes.length === 0)
    return report(
      `it needs a GPU of ${need.vendor}, and no node that it may run on has one`,
      `a node with a GPU of ${need.vendor}`,
      "Place it where the GPUs are, or loosen `on`, or tolerate their nodes' taint",
    );

  const wanted = bytesOf(need.memory);
  const largest = Math.max(...nodes.flat());
  if (wanted > largest)
    return report(
      `it needs ${need.memory} of GPU memory`,
      `at most ${bytesFrom(largest)}, the largest device that it may run on`,
      "Choose a smaller model, or a cluster with a larger GPU",
    );

  const most = Math.max(...nodes.map((devices) => devices.filter((memory) => memory >= wanted).length * shares));
  if (need.count > most)
    return report(
      `it needs ${need.count} GPUs of ${need.memory} on one node`,
      `at most ${most}${shares > 1 ? `, counting ${shares} shares of each device` : ""}`,
      "Ask for fewer, or add devices to one node",
    );
  return [];
}

const devicesOf = (node: Node, need: GpuNeed): readonly number[] =>
  node.gpus.filter(({ vendor }) => vendor === need.vendor).map(({ memory }) => bytesOf(memory));
