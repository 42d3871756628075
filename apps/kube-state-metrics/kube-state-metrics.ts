import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { kubernetesApi } from "../../engine/model/needs";
import { bytes, cpu } from "../../engine/model/quantity";
import { Account } from "../../engine/workload/account";
import { http } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";
import { permissions, resourceFlag } from "./resources";
import { rules } from "./rules";
import { clusterSeries, ownSeries } from "./series";

/** Tells what state every object of the cluster is in. */
export const kubeStateMetrics = defineApp({
  name: "kube-state-metrics",
  priority: "platform",

  settings: z.object({
    image: imageSetting.default(image("registry.k8s.io/kube-state-metrics/kube-state-metrics", "v2.19.1")),
    cpu: cpu.default("20m"),
    memory: bytes.default("64Mi"),
    memoryLimit: bytes.default("256Mi"),
  }),

  needs: () => ({
    talksTo: { kubernetes: kubernetesApi() },
    watches: {
      metrics: {
        cluster: { port: 8080, series: clusterSeries, honorLabels: true },
        own: { port: 8081, series: ownSeries },
      },
      rules,
    },
  }),

  build(chart, { settings }) {
    new Workload(chart, "kube-state-metrics", {
      image: settings.image,
      account: new Account(chart, "kube-state-metrics", { documented: "its --resources: https://github.com/kubernetes/kube-state-metrics/blob/v2.19.1/pkg/options/resource.go", cluster: permissions }),
      args: ["--port=8080", "--telemetry-port=8081", resourceFlag],
      ports: { cluster: 8080, own: 8081 },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      // Not /livez, which asks the API server: that it is away is no reason to be restarted.
      probes: { ready: http("/readyz", 8081), live: http("/healthz", 8080) },
    });
  },
});
