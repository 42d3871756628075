import { placementMeetsNodes } from "../../engine/checks/releases/placement-meets-nodes";
import { nodeOn } from "../../engine/model/cluster";
import { place, type PlacementOptions } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, worldOf } from "../lab-of";

const taint = { key: "gpu", effect: "NoSchedule" } as const;
const node = nodeOn(hostOf(), { network: "lan", role: "worker", labels: { "hearth.dev/role": "gpu" }, taints: [taint] });
const found = (options: PlacementOptions<never, never>) =>
  placementMeetsNodes(worldOf({ clusters: [clusterOf({ nodes: [node], runs: [place(appOf(), options as never)] })] })).map((it) => [
    it.rule,
    it.severity,
    it.fix,
  ]);

test("a label that no node has is found, with what was probably meant", () => {
  expect(found({ on: { "hearth.dev/role": "gpus" } })).toEqual([["label-known", "error", 'Write "hearth.dev/role=gpu"']]);
});

test("a toleration for a taint that no node has is a warning", () => {
  expect(found({ tolerates: [{ ...taint, value: "yes" }] })).toEqual([["toleration-used", "warning", "Remove the toleration, or taint the node"]]);
});

test("labels of the lab and of Kubernetes itself are known, and so are taints", () => {
  expect(found({ on: { "hearth.dev/role": "gpu", "kubernetes.io/arch": "amd64" }, tolerates: [taint] })).toEqual([]);
});
