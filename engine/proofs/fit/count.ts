import { fieldOf, type Manifest } from "../../model/manifest";

/** As many as there may be, where an autoscaler decides. */
export const autoscaledIn = (manifests: readonly Manifest[]): ReadonlyMap<string, number> =>
  new Map(
    manifests
      .filter(({ kind }) => kind === "HorizontalPodAutoscaler")
      .map((it) => [`${String(fieldOf(it, "spec", "scaleTargetRef", "kind"))}/${String(fieldOf(it, "spec", "scaleTargetRef", "name"))}`, Number(fieldOf(it, "spec", "maxReplicas") ?? 1)]),
  );

/** How many stand at a time: replicas, or of a Job no more than are to be done at all. */
export function podCountOf(manifest: Manifest): number {
  const job = manifest.kind === "CronJob" ? fieldOf(manifest, "spec", "jobTemplate", "spec") : manifest.kind === "Job" ? manifest["spec"] : undefined;
  if (job === undefined) return Number(fieldOf(manifest, "spec", "replicas") ?? 1);
  const parallel = Number(fieldOf(job, "parallelism") ?? 1);
  return Math.min(parallel, Number(fieldOf(job, "completions") ?? parallel));
}

/** Whether a rollout starts one pod more before it stops an old one: Kubernetes' defaults are 25 % of either, of which one that may be missing is rounded down, and of few replicas none is left. */
export function mustSurge(spec: unknown): boolean {
  const type = fieldOf(spec, "strategy", "type") ?? "RollingUpdate";
  const missing = fieldOf(spec, "strategy", "rollingUpdate", "maxUnavailable") ?? "25%";
  const replicas = Number(fieldOf(spec, "replicas") ?? 1);
  const mayBeMissing = typeof missing === "number" ? missing : Math.floor((Number.parseFloat(String(missing)) / 100) * replicas);
  return type === "RollingUpdate" && mayBeMissing === 0;
}
