import type { RuleGroup } from "../../engine/model/needs";

/**
 * Ollama 0.32 serves no metrics of its own (ollama#18508 is open), and no exporter for it is maintained. That it runs, what it
 * takes and how busy its GPU is, kube-state-metrics, the kubelet and the GPU's exporter say of every pod; what is left is
 * whether the models are there, which its pull jobs tell.
 */
export const alerts = (name: string, namespace: string): readonly RuleGroup[] => [
  {
    name,
    rules: [
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
    ],
  },
];
