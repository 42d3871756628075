import { fieldOf } from "../../engine/model/manifest";
import type { GpuProvider } from "../../engine/model/provides";
import { place } from "../../engine/model/placement";
import { ollama } from "../../apps/ollama/ollama";
import { model } from "../../apps/ollama/model";
import { builtOf, clusterOf, labOf, testProviders, worldOf } from "../lab-of";

test("a taint that both the GPU's provider and the placement tolerate is tolerated once", () => {
  const taint = { key: "nvidia.com/gpu", effect: "NoSchedule" } as const;
  const gpu: GpuProvider = { ...testProviders.gpu!, provide: () => ({ resource: "nvidia.com/gpu", count: 1, runtimeClassName: "nvidia", tolerations: [{ effect: "NoSchedule", key: "nvidia.com/gpu", operator: "Exists" }] }) };
  const placement = place(ollama, { tolerates: [taint], settings: { models: [model("llama3.1:8b", { size: "5Gi", gpuMemory: "7Gi" })], modelSpace: "20Gi" } });
  const [built] = builtOf(worldOf(labOf({ clusters: [clusterOf({ runs: [placement], provides: { gpu } })] })));
  const deployment = built?.manifests.find(({ kind }) => kind === "Deployment");
  expect(fieldOf(deployment, "spec", "template", "spec", "tolerations")).toEqual([{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }]);
});
