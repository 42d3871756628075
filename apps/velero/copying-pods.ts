import type { Made } from "../../engine/model/makes";
import { bytesFrom } from "../../engine/model/quantity";
import type { VeleroSettings } from "./settings";

/** Labels for the pods that Velero makes: without them they would carry none that say whose they are. */
export const madeLabels = (name: string, component: string) => ({
  "app.kubernetes.io/name": "velero",
  "app.kubernetes.io/instance": name,
  "app.kubernetes.io/component": component,
});

/** Kopia keeps what it read last, for each repository: 1 GiB of it, where its own default is five. */
export const cacheLimit = 1024;
/** Where caches, unpacked backups and Kopia's settings stand: one repository's cache, and as much again while it is trimmed. */
export const scratchSpace = bytesFrom(4 * cacheLimit * 2 ** 20);

/** The names under which Velero is told of the ConfigMaps below. */
export const configNames = { nodeAgent: "node-agent-config", repository: "repository-config", maintenance: "maintenance-config" } as const;

/** Settings of Velero that are read from ConfigMaps, each as JSON: pkg/types in its source. */
export const configs = (name: string, settings: VeleroSettings, priorityClassName: string) => {
  const podResources = { cpuRequest: settings.copyCpu, cpuLimit: "0", memoryRequest: settings.copyMemory, memoryLimit: settings.copyMemoryLimit };
  const pods = (component: string) => ({ podLabels: madeLabels(name, component), podResources, priorityClassName });
  return {
    nodeAgent: { "config.json": json({ ...pods("data-mover"), loadConcurrency: { globalConfig: 1 } }) },
    repository: { kopia: json({ cacheLimitMB: cacheLimit }) },
    // A file for each repository that differs, and one for all: pkg/repository/maintenance.
    maintenance: { global: json({ ...pods("repository-maintenance"), keepLatestMaintenanceJobs: 1 }) },
  };
};

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** What a node agent and the pods that it makes break, and why. */
export const nodeExempt = {
  "host-path": "volumes without snapshots are read where the kubelet mounted them",
  root: "files belong to whoever wrote them, and only root reads and restores all of them",
} as const;

/** Pods that copy one volume each, and that tidy one repository each: pkg/exposer and pkg/repository/maintenance. */
export const madePods = (name: string, settings: VeleroSettings): readonly Made[] => [
  {
    component: "data-mover",
    labels: madeLabels(name, "data-mover"),
    // One for each node at a time (loadConcurrency); they follow the volumes.
    count: "per-node",
    requests: { cpu: settings.copyCpu, memory: settings.copyMemory },
    exempt: { ...nodeExempt, "privilege-escalation": "Velero does not say otherwise" },
  },
  {
    component: "repository-maintenance",
    labels: madeLabels(name, "repository-maintenance"),
    count: 1,
    requests: { cpu: settings.copyCpu, memory: settings.copyMemory },
  },
];
