import type { Cluster } from "../../engine/model/cluster";
import type { GpuDevice } from "../../engine/model/host";

/** A node with NVIDIA GPUs, and only those. */
export interface GpuNode {
  readonly name: string;
  readonly gpus: readonly GpuDevice[];
}

/** The nodes that the operator works on. No other carries anything of it but the operator itself. */
export const gpuNodes = ({ nodes }: Cluster): readonly GpuNode[] =>
  nodes.map(({ name, gpus }) => ({ name, gpus: gpus.filter(({ vendor }) => vendor === "nvidia") })).filter(({ gpus }) => gpus.length > 0);

/** Pods that one device serves at a time, as the cluster provides it. */
export const sharesOn = ({ provides }: Cluster): number => provides.gpu?.shares ?? 1;
