import { load } from "js-yaml";
import { isClusterScoped, kindOf, nameOfKind } from "../kinds/kind";
import type { Manifest } from "../model/manifest";
import type { Tree } from "../emit/tree";

/** An object as one side's files say it. */
export interface Committed {
  readonly path: string;
  readonly manifest: Manifest;
}

/** The generated files of one commit, or of the lab as it stands; each file is parsed at most once, and only when asked for. */
export interface Side {
  readonly tree: Tree;
  /** The value that a YAML or JSON file holds; undefined where there is no such file. */
  value(path: string): unknown;
  /** The objects of the files in a directory, not in those below it. */
  objectsIn(directory: string): readonly Committed[];
}

export function sideOf(tree: Tree): Side {
  const values = new Map<string, unknown>();
  const folders = new Map<string, string[]>();
  for (const path of tree.keys()) {
    const directory = path.slice(0, path.lastIndexOf("/"));
    const members = folders.get(directory);
    if (members === undefined) folders.set(directory, [path]);
    else members.push(path);
  }
  const value = (path: string): unknown => {
    const text = tree.get(path);
    if (text === undefined) return undefined;
    if (!values.has(path)) values.set(path, path.endsWith(".json") ? (JSON.parse(text) as unknown) : load(text));
    return values.get(path);
  };
  const objectsIn = (directory: string): readonly Committed[] =>
    (folders.get(directory) ?? []).filter((path) => path.endsWith(".yaml")).flatMap((path) => {
      const parsed = value(path);
      return isManifest(parsed) ? [{ path, manifest: parsed }] : [];
    });
  return { tree, value, objectsIn };
}

const isManifest = (value: unknown): value is Manifest => typeof value === "object" && value !== null && "kind" in value && "apiVersion" in value && "metadata" in value;

/** What Kubernetes knows an object by: its kind without the version, its namespace and its name. */
export function identityOf(manifest: Manifest, namespace: string): string {
  const kind = kindOf(manifest);
  return `${nameOfKind(kind)} ${isClusterScoped(kind) ? "" : (manifest.metadata.namespace ?? namespace)}/${manifest.metadata.name}`;
}

/** `Deployment ollama/ollama`, or `ClusterRole reader`: an object in a sentence, and in an acknowledgement. */
export function nameIn(manifest: Manifest, namespace: string): string {
  const { name, namespace: own = namespace } = manifest.metadata;
  return isClusterScoped(kindOf(manifest)) ? `${manifest.kind} ${name}` : `${manifest.kind} ${own}/${name}`;
}
