import type { z } from "zod";
import { gpuOperator } from "../../apps/gpu-operator/gpu-operator";
import { migParts } from "../../apps/gpu-operator/mig-parts";
import { nvidiaGpus } from "../../apps/gpu-operator/provides";
import { nodeOn, type Cluster } from "../../engine/model/cluster";
import { k3s, kind, type Distribution } from "../../engine/model/distribution";
import { flowsOf } from "../../engine/model/flow";
import type { GpuDevice } from "../../engine/model/host";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import type { GpuProvider } from "../../engine/model/provides";
import { resolve, type World } from "../../engine/model/resolve";
import { builtOf, clusterOf, hostOf, labOf, worldOf } from "../lab-of";
import { checkRules, failedCase, type Case } from "../rules/promtool";
import { describeWithGo } from "../rules/with-go";

type Settings = z.input<typeof gpuOperator.settings>;

const rtx4090: GpuDevice = { vendor: "nvidia", model: "GeForce RTX 4090", memory: "24Gi" };
const h100: GpuDevice = { vendor: "nvidia", model: "H100 PCIe", memory: "80Gi" };
const arc: GpuDevice = { vendor: "intel", model: "Arc A770", memory: "16Gi" };

interface Given {
  readonly settings?: Settings;
  readonly shares?: number;
  readonly gpus?: readonly GpuDevice[];
  readonly distribution?: Distribution;
  readonly gpu?: GpuProvider;
}

/** One node without a GPU, one with another vendor's, and one with NVIDIA's. */
function clusterWith({ settings = {}, shares = 1, gpus = [rtx4090, rtx4090], distribution = k3s({ disable: ["traefik", "servicelb"] }), gpu = nvidiaGpus({ shares }) }: Given): Cluster {
  const hosts = [hostOf({ last: 11 }), hostOf({ name: "one-2", last: 12, gpus: [arc] }), hostOf({ name: "one-3", last: 13, gpus })];
  return clusterOf({
    distribution,
    nodes: hosts.map((host, index) => nodeOn(host, { network: "lan", role: index === 0 ? "control-plane" : "worker" })),
    provides: { gpu },
    runs: [place(gpuOperator, { settings })],
  });
}

const worldWith = (given: Given): World => worldOf({ clusters: [clusterWith(given)] });
const objectsWith = (given: Given): readonly Manifest[] => builtOf(worldWith(given)).flatMap(({ manifests }) => manifests);
const mistakesIn = (given: Given): readonly string[] => resolve(labOf({ clusters: [clusterWith(given)] })).findings.map(({ rule }) => rule);
const kindOf = (objects: readonly Manifest[], name: string): readonly Manifest[] => objects.filter((it) => it.kind === name);
const policyOf = (given: Given): unknown => kindOf(objectsWith(given), "ClusterPolicy")[0]?.spec;
const madeBy = (given: Given): readonly string[] => worldWith(given).releases.flatMap(({ makes }) => makes.map(({ component }) => component));

const plain: Distribution = { ...kind(), name: "kubeadm", runtimeClasses: [] };

describe("nodes", () => {
  test("those without a GPU of NVIDIA carry nothing", () => {
    const [release] = worldWith({}).releases;
    expect(release?.makes.map(({ nodes }) => nodes)).toEqual(release?.makes.map(() => ["one-3"]));
    const [daemonSet] = kindOf(objectsWith({}), "DaemonSet");
    expect(JSON.stringify(fieldOf(daemonSet, "spec", "template", "spec", "affinity"))).toContain('"values":["one-3"]');
  });

  test("a cluster without any is told so, and nothing else", () => {
    expect(mistakesIn({ gpus: [] })).toEqual(["gpu-present"]);
    expect(mistakesIn({ gpus: [arc], shares: 100 })).toEqual(["gpu-present"]);
    expect(mistakesIn({})).toEqual([]);
  });

  test("what the operator advertises must be what the cluster provides", () => {
    const { backedBy: _theirs, ...theirs } = nvidiaGpus();
    expect(mistakesIn({ gpu: theirs })).toEqual(["gpu-provided"]);
  });
});

describe("distributions", () => {
  test("k3s keeps its RuntimeClass nvidia and its containerd's configuration", () => {
    const objects = objectsWith({});
    const policy = policyOf({});
    expect(fieldOf(policy, "cdi")).toEqual({ enabled: true, nriPluginEnabled: true });
    expect(fieldOf(policy, "toolkit", "env")).toEqual([]);
    expect(k3s().runtimeClasses).not.toContain(fieldOf(policy, "operator", "runtimeClass"));
    expect(k3s().runtimeClasses).not.toContain(kindOf(objects, "RuntimeClass")[0]?.metadata.name);
  });

  test("elsewhere the toolkit is told where containerd is", () => {
    const policy = policyOf({ distribution: plain });
    expect(fieldOf(policy, "cdi")).toEqual({ enabled: true, nriPluginEnabled: false });
    expect(fieldOf(policy, "toolkit", "env")).toEqual([
      { name: "CONTAINERD_SOCKET", value: plain.containerd.socket },
      { name: "CONTAINERD_CONFIG", value: plain.containerd.config },
    ]);
  });

  test("pods with a GPU ask for the class that is there, and no one's class has two makers", () => {
    for (const given of [{}, { distribution: plain }, { distribution: plain, settings: { hostBrings: "driver-and-toolkit" } }] as const) {
      const [runtimeClass, ...others] = kindOf(objectsWith(given), "RuntimeClass");
      expect(others).toEqual([]);
      expect(runtimeClass?.metadata.name).toBe(nvidiaGpus().provide({ vendor: "nvidia", count: 1, memory: "1Gi" }).runtimeClassName);
      expect(runtimeClass?.metadata.name).not.toBe(fieldOf(policyOf(given), "operator", "runtimeClass"));
    }
  });

  test("what the host has is not brought again", () => {
    expect(fieldOf(policyOf({ settings: { hostBrings: "driver" } }), "driver")).toEqual({ enabled: false });
    expect(madeBy({})).toEqual(expect.arrayContaining(["driver", "toolkit"]));
    expect(madeBy({ settings: { hostBrings: "driver" } })).not.toContain("driver");
    expect(madeBy({ distribution: plain, settings: { hostBrings: "driver-and-toolkit" } })).not.toContain("toolkit");
  });

  test("only a driver that is built on the node fetches anything from the internet", () => {
    const internetOf = (given: Given) => {
      const world = worldWith(given);
      return world.releases.flatMap((release) => flowsOf(release, world)).flatMap(({ from, to }) => (to.kind === "addresses" && from.kind === "pods" && JSON.stringify(to).includes("0.0.0.0/0") ? [from.component] : []));
    };
    expect(new Set(internetOf({}))).toEqual(new Set(["driver"]));
    expect(internetOf({ settings: { hostBrings: "driver" } })).toEqual([]);
  });

  test("a driver that a host cannot load, or a class with two makers, is refused", () => {
    expect(mistakesIn({ distribution: kind() })).toEqual(["gpu-driver"]);
    expect(mistakesIn({ distribution: kind(), settings: { hostBrings: "driver" } })).toEqual([]);
    expect(mistakesIn({ settings: { hostBrings: "driver-and-toolkit" } })).toEqual(["gpu-runtime-class"]);
  });
});

describe("sharing", () => {
  test("shares are time slices, and the device plugin starts anew when their number changes", () => {
    const objects = objectsWith({ shares: 4 });
    const config = fieldOf(kindOf(objects, "ClusterPolicy")[0], "spec", "devicePlugin", "config");
    const files = objects.find((it) => it.kind === "ConfigMap" && it.metadata.name === fieldOf(config, "name"))?.["data"];
    expect(JSON.parse(String(fieldOf(files, String(fieldOf(config, "default")))))).toMatchObject({ sharing: { timeSlicing: { resources: [{ name: "nvidia.com/gpu", replicas: 4 }] } } });
    expect(fieldOf(policyOf({ shares: 2 }), "devicePlugin", "config", "default")).not.toBe(fieldOf(config, "default"));
  });

  test("a device that nobody shares is not sliced", () => {
    expect(fieldOf(policyOf({}), "devicePlugin", "config")).toBeUndefined();
  });

  test("a shared device is counted for each of its pods", () => {
    expect(fieldOf(policyOf({ shares: 4 }), "dcgmExporter", "env")).toEqual([{ name: "KUBERNETES_VIRTUAL_GPUS", value: "true" }]);
  });

  test("more slices than the smallest device has memory for are refused", () => {
    expect(mistakesIn({ shares: 24 })).toEqual([]);
    expect(mistakesIn({ shares: 25 })).toEqual(["gpu-shares"]);
    expect(mistakesIn({ shares: 25, gpus: [h100] })).toEqual([]);
    expect(mistakesIn({ shares: 1.5 })).toEqual(["gpu-shares"]);
  });

  test("parts in hardware are as many as the device has", () => {
    expect(migParts(h100, "1g.10gb")).toBe(7);
    expect(migParts(h100, "1g.20gb")).toBe(4);
    expect(migParts(h100, "3g.40gb")).toBe(2);
    expect(migParts(rtx4090, "1g.10gb")).toBeUndefined();
    expect(mistakesIn({ gpus: [h100], shares: 7, settings: { mig: "1g.10gb" } })).toEqual([]);
    expect(mistakesIn({ gpus: [h100], shares: 4, settings: { mig: "1g.10gb" } })).toEqual(["gpu-mig"]);
    expect(mistakesIn({ shares: 7, settings: { mig: "1g.10gb" } })).toEqual(["gpu-mig"]);
  });

  test("parts in hardware are cut on the nodes that have the devices, and not sliced again", () => {
    const given = { gpus: [h100], shares: 7, settings: { mig: "1g.10gb" } };
    expect(policyOf(given)).toMatchObject({ mig: { strategy: "single" }, migManager: { enabled: true } });
    expect(fieldOf(policyOf(given), "devicePlugin", "config")).toBeUndefined();
    expect(fieldOf(kindOf(objectsWith(given), "NodeFeatureRule")[0], "spec", "rules", 0, "labels")).toEqual({ "nvidia.com/mig.config": "all-1g.10gb" });
    expect(madeBy(given)).toContain("mig-manager");
    expect(madeBy({})).not.toContain("mig-manager");
  });
});

describe("validation", () => {
  test("computes on every GPU node, as a pod with a GPU like any other, when somebody asks", () => {
    expect(kindOf(objectsWith({}), "Job")).toEqual([]);
    const jobs = kindOf(objectsWith({ settings: { validate: true } }), "Job");
    const pods = jobs.map((job) => fieldOf(job, "spec", "template", "spec"));
    expect(pods.map((pod) => fieldOf(pod, "nodeSelector", "kubernetes.io/hostname"))).toEqual(["one-3"]);
    expect(pods.map((pod) => [fieldOf(pod, "runtimeClassName"), fieldOf(pod, "containers", 0, "resources", "limits", "nvidia.com/gpu")])).toEqual([["nvidia-gpu", 1]]);
    expect(pods.map((pod) => fieldOf(pod, "containers", 0, "securityContext", "privileged"))).toEqual([undefined]);
  });

  test("runs again when the driver changes", () => {
    const names = (settings: Settings) => kindOf(objectsWith({ settings: { validate: true, ...settings } }), "Job").map(({ metadata }) => metadata.name);
    const driverImage = { repository: "nvcr.io/nvidia/driver", tag: "600.1.1", architectures: ["amd64" as const] };
    expect(names({})).toEqual(names({}));
    expect(names({ driverImage })).not.toEqual(names({}));
  });
});

test("it gives away no more than it needs: nothing on everything, and no secret outside its own namespace", () => {
  const rules = kindOf(objectsWith({}), "ClusterRole").flatMap((role) => (fieldOf(role, "rules") as readonly unknown[]).map((rule) => JSON.stringify(rule)));
  expect(rules.length).toBeGreaterThan(10);
  expect(rules.filter((rule) => /"\*"|"secrets"|pods\/exec/.test(rule))).toEqual([]);
});

describeWithGo("what it says of GPUs, asked of promtool", ["promtool"], () => {
  const groups = worldWith({ shares: 4 }).releases[0]?.needs.watches?.rules ?? [];
  const gpu = (index: number): string => `hostname="one-3", gpu="${index}", UUID="GPU-${index}", modelName="NVIDIA GeForce RTX 4090"`;
  const used = (index: number, pod: string): string => `DCGM_FI_DEV_FB_USED{${gpu(index)}${pod && `, namespace="${pod}", pod="${pod}-0"`}}`;
  const fault = `DCGM_FI_DEV_XID_ERRORS{${gpu(0)}}`;
  const labels = { hostname: "one-3", node: "one-3", gpu: "0", UUID: "GPU-0", modelName: "NVIDIA GeForce RTX 4090" };

  test("Prometheus accepts every rule", () => {
    expect(checkRules(groups)).toBe("");
  });

  const recorded = (series: string, value: number): string => `${series} == ${value}`;
  /** What a recorded series says, as the labels of an alert that asks for it. */
  const says = (expr: string, series: Case["series"], fires: Case["fires"]): string =>
    failedCase([...groups, { name: "asked", rules: [{ alert: "Asked", expr, severity: "info", summary: "", description: "" }] }], { says: "", alert: "Asked", series, at: "5m", ...(fires ? { fires } : {}) });

  test("a release is charged for its device, and for half of one that it shares", () => {
    const series = { [used(0, "ollama")]: "8192x10", [used(1, "ollama")]: "6144x10", [used(1, "notebook")]: "6144x10" };
    const modelName = "NVIDIA GeForce RTX 4090";
    expect(says(recorded("namespace:gpu_memory_used:bytes", (8192 + 3072) * 2 ** 20), series, [{ namespace: "ollama", modelName, severity: "info" }])).toBe("");
    expect(says(recorded("namespace:gpu_memory_used:bytes", 3072 * 2 ** 20), series, [{ namespace: "notebook", modelName, severity: "info" }])).toBe("");
  });

  test("a kind of device counts each device once, idle ones too", () => {
    const series = { [used(0, "")]: "1024x10", [used(1, "ollama")]: "6144x10", [used(1, "notebook")]: "6144x10" };
    expect(says(recorded("gpu_model:memory_used:bytes", 7168 * 2 ** 20), series, [{ modelName: "NVIDIA GeForce RTX 4090", severity: "info" }])).toBe("");
  });

  const cases: readonly Case[] = [
    { says: "a new fault is told", alert: "GpuFault", series: { [fault]: "0x30 79x30" }, at: "45m", fires: [{ ...labels, severity: "warning" }] },
    { says: "an old one is not told for ever", alert: "GpuFault", series: { [fault]: "79x200" }, at: "3h" },
    { says: "a device that reports no more is missed", alert: "GpuMissing", series: { [`DCGM_FI_DEV_GPU_TEMP{${gpu(0)}}`]: "50x60" }, at: "40m", fires: [{ severity: "warning" }] },
    { says: "no report at all is missed too", alert: "GpuMissing", series: {}, at: "40m", fires: [{ severity: "warning" }] },
    { says: "all of them are not", alert: "GpuMissing", series: { [`DCGM_FI_DEV_GPU_TEMP{${gpu(0)}}`]: "50x60", [`DCGM_FI_DEV_GPU_TEMP{${gpu(1)}}`]: "50x60" }, at: "40m" },
  ];
  test.each(cases)("$alert: $says", (it) => {
    expect(failedCase(groups, it)).toBe("");
  });
});
