import type { Chart } from "cdk8s";
import { KubeRuntimeClass } from "cdk8s-plus-30/lib/imports/k8s";
import { defineApp } from "../../engine/model/app";
import { featureDiscovery, nvidiaNodeLabels } from "./feature-discovery";
import { gpuNodes } from "./gpu-nodes";
import { mistakes } from "./mistakes";
import { workloadClass } from "./names";
import { calls, operandPods } from "./operands";
import { operator } from "./operator";
import { clusterPolicy } from "./policy";
import { runtimeOf } from "./runtime";
import { settings } from "./settings";
import { slicing, timeSlices } from "./sharing";
import { validation } from "./validation";
import { watches } from "./watches";

/**
 * NVIDIA's GPUs for pods: their driver, the way into containers, devices or shares of them for the scheduler, and metrics. Nodes
 * without a GPU are left alone.
 */
export const gpuOperator = defineApp({
  name: "gpu-operator",
  priority: "platform",
  crds: ["gpu-operator", "node-feature-discovery"],
  settings,

  needs: ({ settings, site: { cluster } }) => ({ talksTo: calls(cluster, settings), watches: watches(cluster) }),

  makes: ({ settings, site: { cluster } }) => operandPods(cluster, settings),

  check: mistakes,

  build(chart, { settings, site: { cluster }, grants: { pods } }) {
    const nodes = gpuNodes(cluster);
    const slices = slicing(cluster, settings.mig);
    const runtime = runtimeOf(cluster.distribution, settings);
    operator(chart, settings);
    featureDiscovery(chart, settings.featureDiscoveryImage, nodes.map(({ name }) => name));
    clusterPolicy(chart, { settings, runtime, slices: slices === undefined ? undefined : timeSlices(chart, slices), pods });
    runtimeClass(chart, runtime.handler);
    // The operator's MIG manager does what this label of a node says.
    if (settings.mig) nvidiaNodeLabels(chart, "mig", { "nvidia.com/mig.config": `all-${settings.mig}` });
    const gpu = cluster.provides.gpu?.provide({ vendor: "nvidia", count: 1, memory: "1Gi" });
    if (settings.validate && gpu) validation(chart, settings, nodes, gpu);
  },
});

function runtimeClass(chart: Chart, handler: string): void {
  new KubeRuntimeClass(chart, "runtime-class", { metadata: { name: workloadClass }, handler });
}
