import { createHash } from "node:crypto";
import type { Chart } from "cdk8s";
import type { GpuGrant } from "../../engine/model/grants";
import { Job } from "../../engine/workload/job";
import type { GpuNode } from "./gpu-nodes";
import type { GpuOperatorSettings } from "./settings";

/**
 * Adds two vectors on each node's GPU, in a pod that asks for one as every other does: what is proven is the whole way, from the
 * driver to the scheduler. It waits for a free device, and runs again when what could break it changes.
 */
export function validation(chart: Chart, settings: GpuOperatorSettings, nodes: readonly GpuNode[], gpu: GpuGrant): void {
  const revision = createHash("sha256").update(JSON.stringify([settings, gpu])).digest("hex").slice(0, 8);
  for (const { name } of nodes)
    new Job(chart, `validate-${name}`, {
      image: settings.image,
      // NVIDIA's sample of CUDA, which the operator's own validator runs too: docker/Dockerfile.
      command: ["vectorAdd"],
      env: { CUDA_CACHE_DISABLE: "1" },
      gpu: { ...gpu, count: 1 },
      nodeSelector: { "kubernetes.io/hostname": name },
      user: 1000,
      resources: { cpu: "100m", memory: "256Mi", memoryLimit: "1Gi" },
      revision,
      retries: 3,
      endsWithinSeconds: 3600,
    });
}
