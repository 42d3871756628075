import type { Chart } from "cdk8s";
import { ClusterPolicy, ClusterPolicySpecDaemonsetsUpdateStrategy, ClusterPolicySpecDriverKernelModuleType, ClusterPolicySpecMigStrategy } from "../../imports/gpu-operator";
import type { PodsGrant } from "../../engine/model/grants";
import type { Image } from "../../engine/model/image";
import { resourcesOf } from "../../engine/workload/takes";
import { gpuTaint } from "./names";
import { takes } from "./operands";
import type { Runtime } from "./runtime";
import type { GpuOperatorSettings } from "./settings";
import type { PluginConfig } from "./sharing";

interface Policy {
  readonly settings: GpuOperatorSettings;
  readonly runtime: Runtime;
  readonly slices: PluginConfig | undefined;
  readonly pods: PodsGrant;
}

/** What the operator makes of every node with a GPU; a cluster has one. */
export function clusterPolicy(chart: Chart, { settings, runtime, slices, pods }: Policy): void {
  const { hostBrings, mig } = settings;
  const off = { enabled: false } as const;
  new ClusterPolicy(chart, "policy", {
    metadata: { name: "cluster-policy" },
    spec: {
      operator: { runtimeClass: runtime.operandClass },
      daemonsets: {
        priorityClassName: "system-node-critical",
        tolerations: [{ key: gpuTaint, operator: "Exists", effect: "NoSchedule" }, ...pods.tolerations.filter(({ key }) => key !== gpuTaint)],
        updateStrategy: ClusterPolicySpecDaemonsetsUpdateStrategy.ROLLING_UPDATE,
        rollingUpdate: { maxUnavailable: "1" },
      },
      cdi: runtime.cdi,
      driver: hostBrings === "nothing" ? driver(settings) : off,
      toolkit:
        hostBrings === "driver-and-toolkit"
          ? off
          : { enabled: true, ...imageOf(settings.toolkitImage), env: variables(runtime.toolkit), resources: resourcesOf(takes.toolkit) },
      devicePlugin: { enabled: true, ...imageOf(settings.devicePluginImage), resources: resourcesOf(takes.devicePlugin), ...(slices ? { config: slices } : {}) },
      gfd: { enabled: true, ...imageOf(settings.devicePluginImage), resources: resourcesOf(takes.gpuFeatures) },
      // The exporter carries an engine of its own.
      dcgm: off,
      dcgmExporter: {
        enabled: true,
        ...imageOf(settings.dcgmExporterImage),
        // Without it, a device that several pods share is counted for none of them.
        env: variables(slices ? { KUBERNETES_VIRTUAL_GPUS: "true" } : {}),
        resources: resourcesOf(takes.dcgmExporter),
        // Who scrapes is not the operator's to say.
        serviceMonitor: off,
      },
      validator: { ...imageOf(settings.image), resources: resourcesOf(takes.validator) },
      // On one node all devices are cut alike, and a part of one is asked for like a whole one.
      mig: { strategy: mig ? ClusterPolicySpecMigStrategy.SINGLE : ClusterPolicySpecMigStrategy.NONE },
      migManager: mig
        ? { enabled: true, ...imageOf(settings.migManagerImage), resources: resourcesOf(takes.migManager) }
        : off,
      nodeStatusExporter: off,
      // The namespace's Pod Security level is the lab's to say.
      psa: off,
      sandboxWorkloads: off,
    },
  });
}

/** The driver is changed one node at a time, when no pod uses it any more. */
const driver = ({ driverImage, driverManagerImage }: GpuOperatorSettings) => ({
  enabled: true,
  ...imageOf(driverImage),
  kernelModuleType: ClusterPolicySpecDriverKernelModuleType.AUTO,
  manager: imageOf(driverManagerImage),
  resources: resourcesOf(takes.driver),
  upgradePolicy: {
    autoUpgrade: true,
    maxParallelUpgrades: 1,
    // Scratch space is no reason to keep a pod; a pod that nobody would make again is.
    podDeletion: { force: false, deleteEmptyDir: true, timeoutSeconds: 300 },
    drain: { enable: false },
  },
});

/** The operator wants an image in three parts. */
const imageOf = ({ repository, tag }: Image) => ({
  repository: repository.slice(0, repository.lastIndexOf("/")),
  image: repository.slice(repository.lastIndexOf("/") + 1),
  version: tag,
  imagePullPolicy: "IfNotPresent",
});

const variables = (values: Readonly<Record<string, string>>) => Object.entries(values).map(([name, value]) => ({ name, value }));
