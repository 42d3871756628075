import type { Neighbour } from "../../../engine/model/neighbour";
import { graph, number, table, window, type Dashboard } from "./panel";

/** The language models: what callers get of them and how long they wait, as the meter before each Ollama counts it. */
export function ollama(servers: readonly Neighbour[]): Dashboard | undefined {
  if (!servers.length) return undefined;
  const here = `namespace=~"${servers.map(({ namespace }) => namespace).join("|")}"`;
  /** Only /api tells how long reading and writing took: tokens of the other APIs must not be divided by it. */
  const native = `${here}, path=~"/api/.+"`;
  const speed = (of: "prompt" | "completion"): string => `sum by (model) (rate(ollama_${of}_tokens_total{${native}}${window})) / (sum by (model) (rate(ollama_${of}_seconds_total{${here}}${window})) > 0)`;
  const share = (what: string): string => `sum by (namespace) (rate(${what}{${here}}${window}))`;
  return {
    name: "ollama",
    title: "Ollama",
    description: "Tokens are told at the end of each answer: those of an answer that was broken off, and of OpenAI streams without stream_options.include_usage, are not counted.",
    rows: [
      {
        title: "Now",
        panels: [
          number("Servers ready", "short", `sum(kube_deployment_status_replicas_available{${here}})`),
          number("Tokens written today", "short", `sum(increase(ollama_completion_tokens_total{${here}}[24h]))`),
          number("Waiting", "short", `sum(ollama_requests_waiting{${here}})`, { badFrom: 8 }),
          number("Turned away today", "short", `sum(increase(ollama_requests_total{${here}, code="503"}[24h])) or vector(0)`, { badFrom: 1 }),
          number("Pulls that failed", "short", `sum(kube_job_failed{${here}, condition="true"}) or vector(0)`, { badFrom: 1 }),
          number("Models confirmed", "s", `time() - min(kube_cronjob_status_last_successful_time{${here}})`, { badFrom: 3 * 3600 }),
          number("Restarts today", "short", `sum(increase(kube_pod_container_status_restarts_total{${here}}[24h]))`, { badFrom: 1 }),
          number("Without usage today", "short", `sum(increase(ollama_requests_without_usage_total{${here}}[24h])) or vector(0)`),
        ],
      },
      {
        title: "Tokens",
        panels: [
          graph("Written a second, all callers together", "short", { "{{model}}": `sum by (model) (rate(ollama_completion_tokens_total{${here}}${window}))` }),
          graph("Read a second, all callers together", "short", { "{{model}}": `sum by (model) (rate(ollama_prompt_tokens_total{${here}}${window}))` }),
          graph("Speed of one answer, tokens a second", "short", { "{{model}}": speed("completion") }),
          graph("Speed of reading a prompt, tokens a second", "short", { "{{model}}": speed("prompt") }),
        ],
      },
      {
        title: "Queue",
        panels: [
          graph("Requests", "short", { "{{namespace}} in flight": `sum by (namespace) (ollama_requests_in_flight{${here}})`, "{{namespace}} without a byte yet": `sum by (namespace) (ollama_requests_waiting{${here}})` }),
          graph("First byte, nine in ten within", "s", { "{{path}}": `histogram_quantile(0.9, sum by (path, le) (rate(ollama_first_byte_seconds_bucket{${here}}${window})))` }, { badFrom: 60 }),
          graph("Where callers wait: requests at once", "short", { "{{namespace}} for a slot": share("ollama_slot_wait_seconds_total"), "{{namespace}} for a model": share("ollama_load_seconds_total"), "{{namespace}} reading": share("ollama_prompt_seconds_total"), "{{namespace}} writing": share("ollama_completion_seconds_total") }),
          graph("Ended a second", "short", { "{{path}} {{code}}": `sum by (path, code) (rate(ollama_requests_total{${here}, path!="other"}${window}))` }),
        ],
      },
      {
        title: "Loaded",
        panels: [
          graph("Models in memory", "bytes", { "{{model}}": `sum by (model) (ollama_model_bytes{${here}})` }),
          graph("Of that, not on a GPU", "percentunit", { "{{model}}": `1 - sum by (model) (ollama_model_gpu_bytes{${here}}) / sum by (model) (ollama_model_bytes{${here}})` }),
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
          graph("Busy, of all GPUs", "percentunit", { "{{hostname}} GPU {{gpu}}": "max by (hostname, gpu) (gpu:busy:ratio)" }),
        ],
      },
    ],
  };
}
