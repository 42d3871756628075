import { gpuTaken } from "../../engine/checks/manifests/gpu-taken";
import { appOf, builtFrom } from "../lab-of";
import { deployment } from "./objects";

const app = appOf({ needs: { gpu: { vendor: "nvidia", count: 1, memory: "8Gi" } } });
const taking = (how: "requests" | "limits", pod = {}) => deployment({ container: { resources: { [how]: { "nvidia.com/gpu": 1 } } }, pod });
const found = (manifest: ReturnType<typeof taking>) => gpuTaken(builtFrom([manifest], app).built).map((it) => it.expected);

test("a GPU only requested, under another runtime, or not used at all, is found", () => {
  expect(found(taking("requests"))).toEqual(["a limit: requests of a device alone are refused", "a pod that uses what was asked for"]);
  expect(found(taking("limits"))).toEqual(["runtimeClassName: nvidia"]);
  expect(found(deployment())).toEqual(["a pod that uses what was asked for"]);
});

test("a GPU that is taken whole is fine", () => {
  expect(found(taking("limits", { runtimeClassName: "nvidia" }))).toEqual([]);
});
