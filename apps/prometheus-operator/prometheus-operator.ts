import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting, reference } from "../../engine/model/image";
import { kubernetesApi } from "../../engine/model/needs";
import { bytes, cpu } from "../../engine/model/quantity";
import type { Site } from "../../engine/model/site";
import { Account } from "../../engine/workload/account";
import { http } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";
import { clusterPermissions, instancePermissions } from "./permissions";
import { rules, series } from "./rules";

/** Runs Prometheus and Alertmanager from their custom resources, and gathers what every app wants watched. */
export const prometheusOperator = defineApp({
  name: "prometheus-operator",
  priority: "platform",
  crds: ["prometheus-operator"],

  settings: z.object({
    image: imageSetting.default(image("quay.io/prometheus-operator/prometheus-operator", "v0.95.0")),
    /** Runs beside every Prometheus and Alertmanager; released together with the operator. */
    configReloader: imageSetting.default(image("quay.io/prometheus-operator/prometheus-config-reloader", "v0.95.0")),
    logLevel: z.enum(["debug", "info", "warn", "error"]).default("info"),
    cpu: cpu.default("20m"),
    memory: bytes.default("128Mi"),
    memoryLimit: bytes.default("256Mi"),
  }),

  needs: () => ({
    talksTo: { kubernetes: kubernetesApi() },
    watches: { metrics: { http: { port: 8080, series } }, rules },
  }),

  build(chart, { namespace, settings, site }) {
    const instances = instanceNamespaces(site, namespace);
    const where = instances.join(",");
    const account = new Account(chart, "prometheus-operator", {
      documented: "https://prometheus-operator.dev/docs/platform/rbac/, for the operator",
      cluster: clusterPermissions,
      there: Object.fromEntries(instances.map((name) => [name, instancePermissions])),
    });
    new Workload(chart, "prometheus-operator", {
      image: settings.image,
      account,
      args: [
        `--log-level=${settings.logLevel}`,
        `--prometheus-config-reloader=${reference(settings.configReloader)}`,
        // A limit of 10m CPU, its default, throttles the reload of large rules for minutes.
        "--config-reloader-cpu-limit=0",
        // Without selectors a Prometheus would otherwise run on a configuration that nobody wrote.
        "--disable-unmanaged-prometheus-configuration=true",
        // Only there may it read and write Secrets; what apps want watched it gathers from everywhere.
        `--prometheus-instance-namespaces=${where}`,
        `--alertmanager-instance-namespaces=${where}`,
        `--alertmanager-config-namespaces=${where}`,
        `--thanos-ruler-instance-namespaces=${where}`,
      ],
      // Upstream's manifest has it: half the memory for a little CPU, in a process that idles.
      env: { GOGC: "30" },
      ports: { http: 8080 },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      probes: { ready: http("/healthz", 8080) },
    });
  },
});

/** Where the cluster places apps that bring custom resources of the operator's; its own namespace where there is none yet. */
function instanceNamespaces(site: Site, own: string): readonly string[] {
  const namespaces = site.cluster.runs
    .filter((placement) => placement.app.crds.includes("prometheus-operator"))
    .map((placement) => placement.adopt?.namespace ?? placement.name)
    .filter((namespace) => namespace !== own);
  return namespaces.length > 0 ? [...namespaces].sort() : [own];
}
