import type { Neighbour } from "../../../engine/model/neighbour";
import { graph, number, table, window, type Dashboard } from "./panel";

/**
 * The language models, as far as others tell of them: Ollama 0.32 serves no metrics of its own (ollama#18508 is open), so neither
 * tokens nor queues can be shown.
 */
export function ollama(servers: readonly Neighbour[]): Dashboard | undefined {
  if (!servers.length) return undefined;
  const here = `namespace=~"${servers.map(({ namespace }) => namespace).join("|")}"`;
  return {
    name: "ollama",
    title: "Ollama",
    description: "Ollama serves no metrics: what is here comes from Kubernetes and the GPUs. Tokens and queues are not known.",
    rows: [
      {
        title: "Now",
        panels: [
          number("Servers ready", "short", `sum(kube_deployment_status_replicas_available{${here}})`),
          number("Pulls that failed", "short", `sum(kube_job_failed{${here}, condition="true"}) or vector(0)`, { badFrom: 1 }),
          number("Models confirmed", "s", `time() - min(kube_cronjob_status_last_successful_time{${here}})`, { badFrom: 3 * 3600 }),
          number("Restarts today", "short", `sum(increase(kube_pod_container_status_restarts_total{${here}}[24h]))`, { badFrom: 1 }),
        ],
      },
      {
        title: "What it takes",
        panels: [
          graph("Processors", "short", { "{{pod}}": `sum by (pod) (namespace_pod:container_cpu_usage:rate5m{${here}})` }),
          graph("Memory", "bytes", { "{{pod}}": `sum by (pod) (namespace_pod:container_memory_working_set:bytes{${here}})` }),
          graph("Network", "Bps", { "{{pod}} in": `sum by (pod) (rate(container_network_receive_bytes_total{${here}}${window}))`, "{{pod}} out": `sum by (pod) (rate(container_network_transmit_bytes_total{${here}}${window}))` }),
          table("Room for models", "percentunit", `1 - max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${here}} / kubelet_volume_stats_capacity_bytes{${here}})`, { badFrom: 0.9 }),
        ],
      },
      {
        title: "GPUs",
        panels: [
          graph("Memory in use", "bytes", { "{{namespace}} on {{modelName}}": `namespace:gpu_memory_used:bytes{${here}}` }),
          graph("Busy, of all GPUs", "percentunit", { "{{Hostname}} GPU {{gpu}}": "max by (Hostname, gpu) (gpu:busy:ratio)" }),
        ],
      },
    ],
  };
}
