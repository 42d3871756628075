import type { Cluster } from "../../engine/model/cluster";
import type { Image } from "../../engine/model/image";
import type { Made } from "../../engine/model/makes";
import { internet, kubernetesApi, type Peer } from "../../engine/model/needs";
import { requestsOf, type Takes } from "../../engine/workload/takes";
import { gpuNodes } from "./gpu-nodes";
import { slicing } from "./sharing";
import type { GpuOperatorSettings } from "./settings";

/** What each container of the operator's pods takes. */
export const takes = {
  // Building a kernel module bursts, once for each kernel; a stop in the middle would leave the node without a driver.
  driver: { cpu: "100m", memory: "512Mi" },
  toolkit: { cpu: "10m", memory: "64Mi", limit: "512Mi" },
  devicePlugin: { cpu: "10m", memory: "64Mi", limit: "256Mi" },
  gpuFeatures: { cpu: "10m", memory: "64Mi", limit: "256Mi" },
  dcgmExporter: { cpu: "50m", memory: "256Mi", limit: "1Gi" },
  validator: { cpu: "10m", memory: "32Mi", limit: "512Mi" },
  migManager: { cpu: "10m", memory: "64Mi", limit: "512Mi" },
} as const satisfies Readonly<Record<string, Takes>>;

const exempt = {
  privileged: "it works on the node's own devices and modules, or waits in a privileged container until they are there",
  root: "the operator runs it as the image's own user",
  "host-path": "driver, runtime and validations meet in directories of the node",
} as const;

const withProcesses = { ...exempt, "host-pid": "it restarts what runs on the node itself, and sees which processes hold a device" } as const;

interface Operand {
  readonly component: string;
  /** The `app` label: assets/ at v26.7.0. */
  readonly app: string;
  readonly containers: readonly Takes[];
  readonly exempt: Readonly<Record<string, string>>;
  readonly callsApi: boolean;
}

/** The DaemonSets that the operator makes, and the pod that its validator starts. */
function operands(cluster: Cluster, { hostBrings, mig }: GpuOperatorSettings): readonly Operand[] {
  const twice = <T>(it: T): readonly T[] => (slicing(cluster, mig) ? [it, it] : [it]);
  return [
    ...(hostBrings === "nothing" ? [{ component: "driver", app: "nvidia-driver-daemonset", containers: [takes.driver], exempt: withProcesses, callsApi: true }] : []),
    ...(hostBrings === "driver-and-toolkit" ? [] : [{ component: "toolkit", app: "nvidia-container-toolkit-daemonset", containers: [takes.toolkit], exempt: withProcesses, callsApi: true }]),
    { component: "device-plugin", app: "nvidia-device-plugin-daemonset", containers: twice(takes.devicePlugin), exempt, callsApi: true },
    { component: "gpu-features", app: "gpu-feature-discovery", containers: twice(takes.gpuFeatures), exempt, callsApi: true },
    { component: "dcgm-exporter", app: "nvidia-dcgm-exporter", containers: [takes.dcgmExporter], exempt, callsApi: false },
    { component: "validator", app: "nvidia-operator-validator", containers: [takes.validator], exempt, callsApi: true },
    { component: "cuda-validator", app: "nvidia-cuda-validator", containers: [], exempt, callsApi: false },
    ...(mig ? [{ component: "mig-manager", app: "nvidia-mig-manager", containers: [takes.migManager], exempt: withProcesses, callsApi: true }] : []),
  ];
}

/** What each pulls: all but the driver wait in the operator's own image until the driver is there. */
function imagesOf(component: string, settings: GpuOperatorSettings): readonly Image[] {
  const own: Readonly<Record<string, Image>> = { driver: settings.driverImage, toolkit: settings.toolkitImage, "device-plugin": settings.devicePluginImage, "gpu-features": settings.devicePluginImage, "dcgm-exporter": settings.dcgmExporterImage, "mig-manager": settings.migManagerImage };
  return [...(own[component] ? [own[component]] : []), component === "driver" ? settings.driverManagerImage : settings.image];
}

/** Each on every node that is described with a GPU: the operator looks for NVIDIA's vendor id among a node's labels. */
export function operandPods(cluster: Cluster, settings: GpuOperatorSettings): readonly Made[] {
  const nodes = gpuNodes(cluster).map(({ name }) => name);
  return operands(cluster, settings).map(({ component, app, containers, exempt: because }) => ({
    component,
    labels: { app },
    count: "per-node",
    requests: requestsOf(containers),
    images: imagesOf(component, settings),
    nodes,
    exempt: because,
  }));
}

/** Whom the operator, its pods and those that look at the nodes call. */
export function calls(cluster: Cluster, settings: GpuOperatorSettings): Readonly<Record<string, Peer>> {
  const callers = [
    "gpu-operator",
    "feature-master",
    "feature-collector",
    "feature-worker",
    ...operands(cluster, settings).flatMap(({ component, callsApi }) => (callsApi ? [component] : [])),
  ];
  return {
    ...Object.fromEntries(callers.map((from) => [`${from}-api`, kubernetesApi({ from })])),
    // What a kernel module is built from is fetched for the kernel that the node runs.
    ...(settings.hostBrings === "nothing"
      ? { packages: internet("archive.ubuntu.com", { port: 80, from: "driver" }), "nvidia-packages": internet("developer.download.nvidia.com", { from: "driver" }) }
      : {}),
  };
}
