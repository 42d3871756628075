import { annotated, fieldOf, type Manifest } from "../model/manifest";
import { podTemplateOf } from "../model/pod-template";

/** https://github.com/argoproj/argo-cd/blob/v3.5.7/common/common.go, AnnotationIgnoreHealthCheck */
const ignored = { "argocd.argoproj.io/ignore-healthcheck": "true" };

/**
 * A claim that only scheduled jobs mount stays Pending until the first of them, where its class binds for a pod: Argo CD
 * would call the Application Progressing till then. Its health is the job's, which has an alert.
 */
export function withIdleClaims(manifests: readonly Manifest[]): readonly Manifest[] {
  const scheduled = claimsMounted(manifests.filter(({ kind }) => kind === "CronJob"));
  const standing = claimsMounted(manifests.filter(({ kind }) => kind !== "CronJob"));
  return manifests.map((manifest) => {
    const { name } = manifest.metadata;
    return manifest.kind === "PersistentVolumeClaim" && scheduled.has(name) && !standing.has(name) ? annotated(manifest, ignored) : manifest;
  });
}

/** The names of the claims that pods of some objects mount. */
export function claimsMounted(manifests: readonly Manifest[]): ReadonlySet<unknown> {
  const volumes = manifests.flatMap((manifest) => podTemplateOf(manifest)?.spec.volumes ?? []);
  return new Set(volumes.map((volume) => fieldOf(volume, "persistentVolumeClaim", "claimName")));
}
