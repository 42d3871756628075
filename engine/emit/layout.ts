import type { Manifest } from "../model/manifest";
import { fileNameOf } from "./file-name";
import { HEADER } from "./header";
import { canonical } from "./key-order";
import { Refusal } from "./refusal";
import { mergeTrees, type Part, type Tree } from "./tree";
import { toYaml } from "./yaml";

/**
 * The objects of one release as files of `directory`, one object each; `namespace` is the release's own.
 * Throws a {@link Refusal} that names both objects where two would be one file, or the place in an object that is no plain data.
 */
export function layout(directory: string, namespace: string, manifests: readonly Manifest[]): Tree {
  return mergeTrees(manifests.map((manifest) => partOf(directory, namespace, manifest)));
}

function partOf(directory: string, namespace: string, manifest: Manifest): Part {
  const { apiVersion, kind, metadata } = manifest;
  const from = `${kind} ${metadata.namespace ?? namespace}/${metadata.name} (${apiVersion})`;
  const path = `${directory}/${fileNameOf(manifest, namespace)}`;
  try {
    return { from, tree: new Map([[path, `${HEADER}\n${toYaml(manifest, canonical)}`]]) };
  } catch (problem) {
    throw problem instanceof Refusal ? problem.within(path) : problem;
  }
}
