import type { JsonSchema } from "../../../engine/schema/json-schema";
import { flag, int32, kubernetes, list, mapOf, object, oneOf, quantity, required, text, withSpec, type ClosedKind } from "./closed-kind";

/**
 * NVIDIA's GPU operator 26.7.0. From
 * https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/getting-started.html and its chart's values.
 * What a homelab has no use for (virtual GPUs, confidential computing, Kata) can only be switched off.
 */
const env = list(object({ name: required(text), value: text }));
const image = { repository: text, image: { type: "string", pattern: "[a-zA-Z0-9\\-]+" }, version: text, imagePullPolicy: text, imagePullSecrets: list(text) } satisfies {
  readonly [name: string]: JsonSchema;
};
/** The pod's, without claims on dynamic resources. */
const resources = object({ requests: mapOf(quantity), limits: mapOf(quantity) });
const container = { ...image, args: list(text), env, hostNetwork: flag, resources };
const component = { enabled: flag, ...container };
const switchOnly = object({ enabled: flag });
const duration: JsonSchema = { type: "string", pattern: "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$" };
const atLeast = (minimum: number): JsonSchema => ({ type: "integer", minimum });
const probe = object({
  initialDelaySeconds: int32,
  timeoutSeconds: atLeast(1),
  periodSeconds: atLeast(1),
  successThreshold: atLeast(1),
  failureThreshold: atLeast(1),
});

const daemonSets = object({
  labels: mapOf(text),
  annotations: mapOf(text),
  tolerations: list(kubernetes("core.v1.Toleration")),
  priorityClassName: text,
  updateStrategy: oneOf("RollingUpdate", "OnDelete"),
  rollingUpdate: object({ maxUnavailable: text }),
});

const driver = object({
  ...component,
  kernelModuleType: oneOf("auto", "open", "proprietary"),
  usePrecompiled: flag,
  manager: object({ ...image, env }),
  kernelModuleConfig: object({ name: text }),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  upgradePolicy: object({
    autoUpgrade: flag,
    maxParallelUpgrades: atLeast(0),
    maxUnavailable: { "x-kubernetes-int-or-string": true },
    waitForCompletion: object({ podSelector: text, timeoutSeconds: atLeast(0) }),
    podDeletion: object({ force: flag, deleteEmptyDir: flag, timeoutSeconds: atLeast(0) }),
    drain: object({ enable: flag, force: flag, deleteEmptyDir: flag, podSelector: text, timeoutSeconds: atLeast(0) }),
  }),
});

const serviceMonitor = object({ enabled: flag, interval: duration, scrapeTimeout: duration, honorLabels: flag, additionalLabels: mapOf(text) });

const policy = object({
  operator: required(
    object({
      defaultRuntime: text,
      runtimeClass: text,
      initContainer: object(image),
      labels: mapOf(text),
      annotations: mapOf(text),
      metrics: object({ serviceMonitor }),
    }),
  ),
  daemonsets: required(daemonSets),
  driver: required(driver),
  toolkit: required(object({ ...component, installDir: text })),
  devicePlugin: required(object({ ...component, config: object({ name: text, default: text }), mps: object({ root: text }) })),
  dcgm: required(object({ ...component, hostPort: int32 })),
  dcgmExporter: required(
    object({
      ...component,
      annotations: mapOf(text),
      config: object({ name: text }),
      service: object({ type: text, internalTrafficPolicy: text }),
      serviceMonitor,
      hostPID: flag,
      enablePodLabels: flag,
      enablePodUID: flag,
    }),
  ),
  gfd: required(object(component)),
  nodeStatusExporter: required(object(component)),
  mig: object({ strategy: oneOf("none", "single", "mixed") }),
  migManager: object({ ...component, config: object({ name: text, default: oneOf("all-disabled", "") }), gpuClientsConfig: object({ name: text }) }),
  validator: object({ ...container, plugin: object({ env }), driver: object({ env }), toolkit: object({ env }), cuda: object({ env }) }),
  cdi: object({ enabled: flag, default: flag, nriPluginEnabled: flag }),
  psa: object({ enabled: flag }),
  hostPaths: object({ rootFS: text, driverInstallDir: text, kubeletRootDir: text }),
  sandboxWorkloads: switchOnly,
  gds: switchOnly,
  gdrcopy: switchOnly,
  ccManager: switchOnly,
  kataManager: switchOnly,
  kataSandboxDevicePlugin: switchOnly,
  sandboxDevicePlugin: switchOnly,
  vfioManager: switchOnly,
  vgpuManager: switchOnly,
  vgpuDeviceManager: switchOnly,
});

export const gpuOperator: readonly ClosedKind[] = [
  { group: "nvidia.com", version: "v1", kind: "ClusterPolicy", plural: "clusterpolicies", namespaced: false, schema: withSpec(policy) },
];
