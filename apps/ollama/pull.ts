import { createHash } from "node:crypto";
import type { Chart } from "cdk8s";
import type { Image } from "../../engine/model/image";
import { Job } from "../../engine/workload/job";
import { scratch } from "../../engine/workload/volume";
import type { Model } from "./model";

interface Pull {
  readonly url: string;
  readonly image: Image;
  readonly models: readonly Model[];
}

/**
 * Keeps the listed models pulled. A Job does it when the list changes, so that a failure is an object that Argo CD shows as
 * Degraded; a CronJob repeats it, so that a store that was lost fills again by itself. Pulling what is there is a no-op.
 */
export function pullModels(chart: Chart, pull: Pull): void {
  const models = pull.models.map((it) => it.name);
  const revision = createHash("sha256").update(JSON.stringify([models, pull.image])).digest("hex").slice(0, 8);
  new Job(chart, "pull", { ...puller(pull, models), revision, retries: 6, endsWithinSeconds: 12 * 3600 });
  new Job(chart, "repull", { ...puller(pull, models), labels: { "app.kubernetes.io/component": "pull" }, schedule: "17 * * * *", retries: 1, endsWithinSeconds: 3300 });
}

/** The server's own client, run against the server: every model is tried, progress is logged, and any failure fails the run. */
function puller({ url, image }: Pull, models: readonly string[]) {
  const script = [
    'until ollama list >/dev/null 2>&1; do echo "waiting for $OLLAMA_HOST"; sleep 5; done',
    "failed=0",
    'for model in "$@"; do echo "pulling $model"; ollama pull "$model" || { echo "FAILED $model"; failed=1; }; done',
    "ollama list",
    "exit $failed",
  ].join("\n");
  return {
    image,
    command: ["/bin/sh", "-c", script, "pull"],
    args: models,
    env: { OLLAMA_HOST: url, HOME: "/tmp" },
    resources: { cpu: "50m", memory: "128Mi" },
    mounts: { "/tmp": scratch("tmp", "64Mi") },
  } as const;
}
