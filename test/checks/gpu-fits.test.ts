import { gpuFits } from "../../engine/checks/releases/gpu-fits";
import { nodeOn } from "../../engine/model/cluster";
import type { GpuNeed } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, testProviders, worldOf } from "../lab-of";

const gpu = { vendor: "nvidia", model: "RTX 4090", memory: "24Gi" } as const;
const node = nodeOn(hostOf({ gpus: [gpu, gpu] }), { network: "lan", role: "control-plane" });
const found = (need: Partial<GpuNeed>, shares = 1, on = {}) => {
  const app = appOf({ needs: { gpu: { vendor: "nvidia", count: 1, memory: "8Gi", ...need } } });
  return gpuFits(
    worldOf({ clusters: [clusterOf({ nodes: [node], runs: [place(app, { on })], provides: { gpu: { ...testProviders.gpu!, shares } } })] }),
  );
};

test("a model larger than every device is found", () => {
  expect(found({ memory: "48Gi" })).toMatchObject([
    { rule: "gpu-fits", address: "one/app", found: "it needs 48Gi of GPU memory", expected: "at most 24Gi, the largest device that it may run on" },
  ]);
});

test("more devices than one node has are found; shares count as devices", () => {
  expect(found({ count: 3 })).toHaveLength(1);
  expect(found({ count: 3 }, 2)).toEqual([]);
});

test("GPUs on nodes that it may not run on do not count", () => {
  expect(found({}, 1, { "kubernetes.io/hostname": "elsewhere" }).map((it) => it.expected)).toEqual(["a node with a GPU of nvidia"]);
});

test("a model that a device holds is fine", () => {
  expect(found({ count: 2, memory: "24Gi" })).toEqual([]);
});
