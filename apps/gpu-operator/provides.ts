import type { GpuProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";
import { gpuTaint, workloadClass } from "./names";

/**
 * NVIDIA devices as the GPU operator advertises them.
 * @param options.shares how many pods one device serves at a time: time slices of it or, with the operator's setting `mig`, parts
 */
export const nvidiaGpus = recipe((options: { readonly shares?: number } = {}): GpuProvider => ({
  backedBy: "gpu-operator",
  vendor: "nvidia",
  shares: options.shares ?? 1,
  provide: (need) => ({
    resource: "nvidia.com/gpu",
    count: need.count,
    runtimeClassName: workloadClass,
    tolerations: [{ key: gpuTaint, operator: "Exists", effect: "NoSchedule" }],
  }),
}));
