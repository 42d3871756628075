import { model } from "../../apps/ollama/model";
import { ollama } from "../../apps/ollama/ollama";
import { place } from "../../engine/model/placement";
import { foundation, onKind } from "../foundation";
import { kindCluster } from "../kind-cluster";

export const pro = kindCluster({
  name: "pro",
  role: "development and test",
  environment: "development",
  index: 1,
  nodes: 7,
  share: { cpu: 1, memory: "5Gi" },
  roles: { platform: 2, apps: 4 },
  runs: [
    ...foundation({ space: "5Gi", retention: "3d", scrapeInterval: "60s", memory: "512Mi" }),
    ...onKind(),
    // A small one on the CPU, to test against without waking the GPUs.
    place(ollama, { settings: { accelerator: "cpu", models: [model("llama3.2:1b", { size: "2Gi", gpuMemory: "2Gi" })], modelSpace: "10Gi", cpu: "500m", memory: "3Gi" } }),
  ],
});
