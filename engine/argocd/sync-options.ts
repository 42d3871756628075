import { annotated, type Manifest } from "../model/manifest";

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
export const syncOptionsAnnotation = "argocd.argoproj.io/sync-options";

/** What Argo CD has been told of an object. */
export const syncOptionsOf = (manifest: Manifest): readonly string[] => manifest.metadata.annotations?.[syncOptionsAnnotation]?.split(",") ?? [];

/** Adds sync options to those that an object has. */
export function withSyncOptions(manifest: Manifest, ...options: readonly string[]): Manifest {
  const all = [...new Set([...syncOptionsOf(manifest), ...options])].sort();
  return options.length ? annotated(manifest, { [syncOptionsAnnotation]: all.join(",") }) : manifest;
}
