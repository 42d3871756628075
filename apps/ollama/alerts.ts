import type { AlertRule, RuleGroup } from "../../engine/model/needs";
import type { Model } from "./model";

interface Alerting {
  readonly name: string;
  readonly namespace: string;
  readonly models: readonly Model[];
  readonly accelerator: "nvidia" | "cpu";
}

/** What callers would notice first: nobody is let in, all wait, or the models are slow or not there. */
export const alerts = (it: Alerting): readonly RuleGroup[] => [
  { name: it.name, rules: [...crowded(it), ...(it.accelerator === "cpu" ? [] : spilled(it)), ...(it.models.length > 0 ? missing(it) : [])] },
];

const crowded = ({ name, namespace }: Alerting): readonly AlertRule[] => [
  {
    alert: "OllamaRefuses",
    expr: `sum by (namespace) (increase(ollama_requests_total{namespace="${namespace}", code="503"}[15m])) > 0`,
    for: "5m",
    severity: "warning",
    summary: `${name}: callers are turned away`,
    description: "Its queue is full (512 requests), or a model cannot be loaded now. More `parallel`, another release of the same model, or fewer callers help.",
  },
  {
    alert: "OllamaSlowToAnswer",
    expr: `histogram_quantile(0.9, sum by (namespace, le) (rate(ollama_first_byte_seconds_bucket{namespace="${namespace}", path=~"/api/(chat|generate)"}[15m]))) > 60`,
    for: "30m",
    severity: "warning",
    summary: `${name}: one caller in ten waits {{ $value | humanizeDuration }} for the first word`,
    description: "Callers queue for a slot, or models take turns in memory: the dashboard Ollama tells waiting from loading. Who does not stream waits for the whole answer.",
  },
];

const spilled = ({ name, namespace }: Alerting): readonly AlertRule[] => [
  {
    alert: "OllamaModelSpills",
    expr: `1 - ollama_model_gpu_bytes{namespace="${namespace}"} / ollama_model_bytes{namespace="${namespace}"} > 0.02`,
    for: "15m",
    severity: "warning",
    summary: `${name}: {{ $value | humanizePercentage }} of {{ $labels.model }} is not on the GPU`,
    description: "What is left over runs on the processor, many times slower. A shorter contextLength, a smaller `parallel` or a smaller quantization lets it fit.",
  },
];

const missing = ({ name, namespace }: Alerting): readonly AlertRule[] => [
  {
    alert: "OllamaModelsMissing",
    expr: `max by (namespace, job_name) (kube_job_failed{namespace="${namespace}", job_name=~"${name}-pull-.+", condition="true"}) > 0`,
    for: "5m",
    severity: "warning",
    summary: `${name}: a model could not be pulled`,
    description: `It was tried for as long as the job may take. kubectl -n ${namespace} logs job/{{ $labels.job_name }} names the model: most often its tag does not exist, or the store is full.`,
  },
  {
    alert: "OllamaModelsNotKept",
    // Three runs in a row: one that meets a restart of the server or of the registry says nothing.
    expr: `time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{namespace="${namespace}", cronjob="${name}-repull"}) > 3 * 3600`,
    for: "15m",
    severity: "warning",
    summary: `${name}: the models were not confirmed for three hours`,
    description: `Those that are there still answer. The last run of ${name}-repull says which of them, or whether the registry, cannot be reached.`,
  },
];
