import type { Finding } from "../model/finding";
import type { Manifest } from "../model/manifest";
import { fileNameOf } from "./file-name";
import { HEADER } from "./header";
import { canonical } from "./key-order";
import { Refusal } from "./refusal";
import { claimedTwice, inOnePiece, type Tree } from "./tree";
import { toYaml } from "./yaml";

/**
 * The objects of one release as files of `directory`, one object each; `namespace` is the release's own.
 * Throws a {@link Refusal} that names both objects where two would be one file, or the place in an object that is no plain data.
 */
export function layout(directory: string, namespace: string, manifests: readonly Manifest[]): Tree {
  const tree = new Map<string, string>();
  /** By how a Mac sees the path. */
  const writers = new Map<string, Manifest>();
  const words = ({ apiVersion, kind, metadata }: Manifest): string => `${kind} ${metadata.namespace ?? namespace}/${metadata.name} (${apiVersion})`;
  const twice: Finding[] = [];
  for (const manifest of manifests) {
    const path = `${directory}/${fileNameOf(manifest, namespace)}`;
    const text = textOf(path, manifest);
    const folded = path.toLowerCase();
    const other = writers.get(folded);
    if (other) {
      twice.push(claimedTwice(path, words(other), words(manifest)));
      continue;
    }
    writers.set(folded, manifest);
    tree.set(path, text);
  }
  if (twice.length > 0) throw new Refusal(twice);
  return tree;
}

function textOf(path: string, manifest: Manifest): string {
  try {
    return inOnePiece(`${HEADER}\n${toYaml(manifest, canonical)}`);
  } catch (problem) {
    throw problem instanceof Refusal ? problem.within(path) : problem;
  }
}
