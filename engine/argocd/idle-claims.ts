import { annotated, fieldOf, type Manifest } from "../model/manifest";
import { podTemplateOf } from "../model/pod-template";

/** https://github.com/argoproj/argo-cd/blob/v3.5.7/common/common.go, AnnotationIgnoreHealthCheck */
const ignored = { "argocd.argoproj.io/ignore-healthcheck": "true" };

/**
 * A claim that no standing pod mounts stays Pending, where its class binds for a pod, until one is made for it: by a schedule, or
 * by a person who signs in. Argo CD would call the Application Progressing till then. Its health is that of whoever mounts it.
 */
export function withIdleClaims(manifests: readonly Manifest[]): readonly Manifest[] {
  const standing = claimsMounted(manifests.filter(({ kind }) => kind !== "CronJob"));
  return manifests.map((manifest) => (manifest.kind === "PersistentVolumeClaim" && !standing.has(manifest.metadata.name) ? annotated(manifest, ignored) : manifest));
}

/** The names of the claims that pods of some objects mount. */
export function claimsMounted(manifests: readonly Manifest[]): ReadonlySet<unknown> {
  const volumes = manifests.flatMap((manifest) => podTemplateOf(manifest)?.spec.volumes ?? []);
  return new Set(volumes.map((volume) => fieldOf(volume, "persistentVolumeClaim", "claimName")));
}
