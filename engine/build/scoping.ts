import { isClusterScoped, kindOf } from "../kinds/kind";
import type { Manifest } from "../model/manifest";

/** A chart writes its namespace on everything; what belongs to the whole cluster has none. */
export function scoped(manifest: Manifest): Manifest {
  if (manifest.metadata.namespace === undefined || !isClusterScoped(kindOf(manifest))) return manifest;
  const { namespace: _chart, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}
