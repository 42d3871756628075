import type { GpuProvider } from "../../engine/model/provides";

/** NVIDIA devices as the GPU operator advertises them; with `shares` above 1, time slices of them. */
export const nvidiaGpus = (options: { readonly shares?: number } = {}): GpuProvider => ({
  backedBy: "gpu-operator",
  vendor: "nvidia",
  shares: options.shares ?? 1,
  provide: (need) => ({
    resource: "nvidia.com/gpu",
    count: need.count,
    runtimeClassName: "nvidia",
    tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
  }),
});
