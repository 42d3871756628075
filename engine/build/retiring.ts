import type { Built } from "../model/built";
import { annotated, type Manifest } from "../model/manifest";

const syncOptions = "argocd.argoproj.io/sync-options";

/** Whether Argo CD has been told never to prune an object. */
const isGuarded = (manifest: Manifest): boolean => manifest.metadata.annotations?.[syncOptions]?.split(",").includes("Prune=false") ?? false;

/**
 * What stays in the folder of a release on its way out: its namespace always (an Application without any object is not
 * pruned at all), its data as `retired` says, and nothing else.
 */
export function retiring(built: Built): Built {
  const retired = built.release.retired;
  if (!retired) return built;
  const namespaces = built.manifests.filter((manifest) => manifest.kind === "Namespace");
  const data = built.manifests.filter((manifest) => manifest.kind !== "Namespace" && isGuarded(manifest));
  const kept = { keep: data, unguard: data.map(unguarded), delete: [] }[retired.data];
  return { ...built, manifests: [...namespaces, ...kept] };
}

function unguarded(manifest: Manifest): Manifest {
  const options = (manifest.metadata.annotations?.[syncOptions] ?? "").split(",").filter((option) => option !== "Prune=false" && option !== "Delete=false");
  const { [syncOptions]: _guard, ...others } = manifest.metadata.annotations ?? {};
  const bare: Manifest = { ...manifest, metadata: { ...manifest.metadata, annotations: others } };
  return annotated(bare, options.length ? { [syncOptions]: options.join(",") } : {});
}
