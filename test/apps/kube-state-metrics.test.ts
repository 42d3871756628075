import { kubeStateMetrics } from "../../apps/kube-state-metrics/kube-state-metrics";
import { fieldOf } from "../../engine/model/manifest";
import { podTemplateOf } from "../../engine/model/pod-template";
import { place } from "../../engine/model/placement";
import { manifestsOf } from "../lab-of";

const manifests = manifestsOf(place(kubeStateMetrics));
const rules = fieldOf(manifests.find(({ kind }) => kind === "ClusterRole"), "rules");
const readable = Array.isArray(rules) ? rules.flatMap((rule: unknown) => fieldOf(rule, "resources")) : [];

test("asks for exactly the kinds that it may read", () => {
  const flag = manifests.flatMap((manifest) => podTemplateOf(manifest)?.spec.containers[0]?.args ?? []).find((arg) => arg.startsWith("--resources="));
  expect(flag?.replace("--resources=", "").split(",")).toEqual([...readable].sort());
});

test("reads neither Secrets nor ConfigMaps", () => {
  expect(readable).toContain("pods");
  expect(readable).not.toContain("secrets");
  expect(readable).not.toContain("configmaps");
});
