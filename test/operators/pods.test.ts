import { adapted } from "../../tools/operators/pods/adaptation";
import { mountsOf } from "../../tools/control-plane/pods/mounted-files";
import { podTemplateOf } from "../../tools/control-plane/pods/pod-template";

const volumeMounts = [
  { name: "certs", mountPath: "/certs" },
  { name: "tmp", mountPath: "/tmp" },
  { name: "data", mountPath: "/data" },
  { name: "config", mountPath: "/etc/x/x.yaml", subPath: "x.yaml" },
];
const container = { name: "x", image: "x", args: ["--port=80", "--new=1", "--cert-dir=/certs"], volumeMounts };
const volumes = [
  { name: "certs", secret: { secretName: "x-tls" } },
  { name: "tmp", emptyDir: {} },
  { name: "data", persistentVolumeClaim: { claimName: "x-data" } },
  { name: "config", configMap: { name: "x-config", optional: true } },
];
const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "x", namespace: "x" }, spec: { template: { spec: { containers: [container], volumes } } } };

test("a container's arguments stay, but for ports and what the version does not know", () => {
  const { args } = podTemplateOf(adapted(deployment, { entry: ["serve"], flags: { "--port": "81" }, unknown: ["--new"] })).containers[0]!;
  expect(args).toEqual(["serve", "--cert-dir=/certs", "--port=81"]);
});

test("words after a command's first are arguments, too", () => {
  const commanded = { ...deployment, spec: { template: { spec: { containers: [{ ...container, command: ["/x", "run"] }], volumes } } } };
  expect(podTemplateOf(adapted(commanded, {})).containers[0]!.args?.slice(0, 2)).toEqual(["run", "--port=80"]);
});

test("what a container mounts lies below its root, and is seen where it says", () => {
  expect(mountsOf(deployment, "/root")).toEqual([
    { target: "/certs", directory: "/root/certs", kind: "Secret", name: "x-tls", optional: false },
    { target: "/tmp", directory: "/root/tmp", name: "tmp" },
    { target: "/data", directory: "/root/data", name: "data", claim: "x-data" },
    { target: "/etc/x/x.yaml", directory: "/root/etc/x", only: "x.yaml", kind: "ConfigMap", name: "x-config", optional: true },
  ]);
});
