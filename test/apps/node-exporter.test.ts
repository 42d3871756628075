import { nodeExporter } from "../../apps/node-exporter/node-exporter";
import { podTemplateOf } from "../../engine/model/pod-template";
import { place } from "../../engine/model/placement";
import { manifestsOf } from "../lab-of";

const pod = manifestsOf(place(nodeExporter)).flatMap((manifest) => podTemplateOf(manifest) ?? [])[0];

test("stands on every node, whatever its taints", () => {
  expect(pod?.spec.tolerations).toEqual([{ operator: "Exists" }]);
});

test("shares the node's network and files, and not its processes", () => {
  expect(pod?.spec).toMatchObject({ hostNetwork: true });
  expect(pod?.spec.hostPID).toBeUndefined();
  expect(pod?.spec.containers[0]?.volumeMounts).toEqual([{ name: "host", mountPath: "/host", readOnly: true, mountPropagation: "HostToContainer" }]);
});

test("listens at the node's own address alone", () => {
  expect(pod?.spec.containers[0]?.args).toContain("--web.listen-address=[$(NODE_ADDRESS)]:9100");
  expect(pod?.spec.containers[0]?.env).toEqual([{ name: "NODE_ADDRESS", valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } }]);
});
