import { adapted } from "../../tools/operators/pods/adaptation";
import { mountsOf } from "../../tools/operators/pods/mounted-files";
import { podTemplateOf } from "../../tools/control-plane/pods/pod-template";

const container = { name: "x", image: "x", args: ["--port=80", "--new=1", "--cert-dir=/certs", "--other=/certsx"], volumeMounts: [{ name: "certs", mountPath: "/certs" }, { name: "tmp", mountPath: "/tmp" }] };
const volumes = [{ name: "certs", secret: { secretName: "x-tls" } }, { name: "tmp", emptyDir: {} }];
const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "x", namespace: "x" }, spec: { template: { spec: { containers: [container], volumes } } } };

test("a container's arguments stay, but for ports, paths and what the version does not know", () => {
  const { args } = podTemplateOf(adapted(deployment, "/root", { entry: ["serve"], flags: { "--port": "81" }, unknown: ["--new"] })).containers[0]!;
  expect(args).toEqual(["serve", "--cert-dir=/root/certs", "--other=/certsx", "--port=81"]);
});

test("what a container mounts lies below its root", () => {
  expect(mountsOf(deployment, "/root")).toEqual([
    { directory: "/root/certs", kind: "Secret", name: "x-tls" },
    { directory: "/root/tmp", name: "tmp" },
  ]);
});
