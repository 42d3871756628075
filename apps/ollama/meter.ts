import type { Chart } from "cdk8s";
import type { Image } from "../../engine/model/image";
import type { MetricsPort } from "../../engine/model/needs";
import { ConfigFiles } from "../../engine/workload/config-files";
import type { ContainerProps } from "../../engine/workload/container";
import { http } from "../../engine/workload/probe";
import { configFiles } from "../../engine/workload/volume";
import { meterProgram } from "./meter-program";

/**
 * Ollama 0.32 serves no metrics of its own (ollama#18508 is open), and no exporter of it is kept by more than one person: what
 * counts its tokens here is a program of a hundred lines that stands before it.
 */
export const meterPorts = { metrics: 9434, /** Where Ollama itself listens, where the meter answers in its place. */ ollama: 11435 } as const;

/** What the meter tells. */
export const meterMetrics: MetricsPort = {
  port: meterPorts.metrics,
  path: "/metrics",
  series: [
    "ollama_up",
    "ollama_requests_total{path, code}",
    "ollama_requests_in_flight",
    "ollama_requests_waiting",
    "ollama_requests_without_usage_total{path}",
    "ollama_first_byte_seconds_bucket{path}",
    "ollama_first_byte_seconds_sum{path}",
    "ollama_first_byte_seconds_count{path}",
    "ollama_prompt_tokens_total{model, path}",
    "ollama_completion_tokens_total{model, path}",
    "ollama_prompt_seconds_total{model}",
    "ollama_completion_seconds_total{model}",
    "ollama_load_seconds_total{model}",
    "ollama_slot_wait_seconds_total{model}",
    "ollama_model_bytes{model}",
    "ollama_model_gpu_bytes{model}",
  ],
};

/** Starts before Ollama and ends after it. Ollama has probes of its own: the meter is asked only whether it listens. */
export const meter = (chart: Chart, image: Image, port: number): ContainerProps => ({
  image,
  sidecar: true,
  command: ["node", "/meter/meter.mjs"],
  env: { LISTEN_PORT: String(port), METRICS_PORT: String(meterPorts.metrics), OLLAMA_PORT: String(meterPorts.ollama), NODE_OPTIONS: "--max-old-space-size=96" },
  ports: { api: port, metrics: meterPorts.metrics },
  resources: { cpu: "20m", memory: "96Mi", memoryLimit: "192Mi" },
  mounts: { "/meter": configFiles(new ConfigFiles(chart, "meter", { "meter.mjs": meterProgram })) },
  probes: { ready: http("/health", meterPorts.metrics) },
});
