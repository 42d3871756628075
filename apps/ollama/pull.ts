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
 * Degraded; a CronJob repeats it, so that a store that was lost fills again by itself. Pulling what is there is a no-op, and
 * what was half there when the server went away is continued if it is back within the hour (server/images.go at v0.32.15).
 */
export function pullModels(chart: Chart, pull: Pull): void {
  const models = pull.models.map((it) => it.name);
  const revision = createHash("sha256").update(JSON.stringify([models, pull.image])).digest("hex").slice(0, 8);
  new Job(chart, "pull", { ...puller(pull, models), revision, retries: 6, endsWithinSeconds: 12 * 3600 });
  new Job(chart, "repull", { ...puller(pull, models), labels: { "app.kubernetes.io/component": "pull" }, schedule: "17 * * * *", retries: 1, endsWithinSeconds: 3300 });
}

/** Ten minutes for the server to answer: its image is large, and its volume may have to move. */
const script = [
  "waited=0",
  'until ollama list >/dev/null 2>&1; do',
  '  [ "$waited" -lt 600 ] || { echo "FAILED: $OLLAMA_HOST does not answer"; exit 1; }',
  '  echo "waiting for $OLLAMA_HOST"; sleep 5; waited=$((waited + 5))',
  "done",
  "failed=0",
  'for model in "$@"; do echo "pulling $model"; ollama pull "$model" || { echo "FAILED: $model"; failed=1; }; done',
  "ollama list",
  "exit $failed",
].join("\n");

/** The server's own client, run against the server: every model is tried, progress is logged, and any failure fails the run. */
const puller = ({ url, image }: Pull, models: readonly string[]) =>
  ({
    image,
    command: ["/bin/sh", "-c", script, "pull"],
    args: models,
    env: { OLLAMA_HOST: url, HOME: "/tmp" },
    resources: { cpu: "50m", memory: "128Mi" },
    mounts: { "/tmp": scratch("tmp", "64Mi") },
  }) as const;
