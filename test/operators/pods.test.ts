import { adapted } from "../../tools/operators/pods/adaptation";
import { kubeletMounts } from "../../tools/operators/pods/pod-directories";
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

test("what a pod mounts of the kubelet's directory is where that lies here, and of the rest of the machine nothing", () => {
  const host = (path: string) => ({ hostPath: { path } });
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "x", namespace: "x", uid: "u" },
    spec: {
      containers: [{ volumeMounts: ["all", "one", "other", "tmp"].map((name) => ({ name, mountPath: `/${name}` })) }],
      volumes: [
        { name: "all", ...host("/var/lib/kubelet/pods") },
        { name: "one", ...host("/var/lib/kubelet/pods/u/volumes/x/v") },
        { name: "other", ...host("/var/lib/kubelet/podsaside") },
        { name: "tmp", emptyDir: {} },
      ],
    },
  };
  expect(kubeletMounts(pod, "/here")).toEqual({ "/all": "/here", "/one": "/here/u/volumes/x/v" });
});
