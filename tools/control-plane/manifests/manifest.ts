import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadAll } from "js-yaml";
import { kubernetesObject, type KubernetesObject } from "../kubernetes/object";
import { UserError } from "../user-error";

/** One object as a file of the repository says it. */
export interface Manifest {
  /** Path from the repository's root, with forward slashes. */
  readonly file: string;
  readonly object: KubernetesObject;
  /** The file's text, where it holds this object alone. */
  readonly text?: string;
}

/** Every object in the YAML files below a directory, in the order of their paths; none where there is no directory. */
export function readManifests(root: string, directory: string, isObject: (file: string) => boolean = () => true): readonly Manifest[] {
  const files = yamlFiles(path.join(root, directory)).map((file) => path.relative(root, file).replaceAll(path.sep, "/"));
  return files.filter(isObject).flatMap((file) => manifestsIn(file, readFileSync(path.join(root, file), "utf8")));
}

/** The objects that one file's text holds; `file` names it in messages. */
export function manifestsIn(file: string, text: string): readonly Manifest[] {
  const documents = parse(file, text).filter((document) => document !== null && document !== undefined);
  return documents.map((document) => {
    const parsed = kubernetesObject.safeParse(document);
    if (!parsed.success) throw new UserError(`${file}: this is no Kubernetes object: ${parsed.error.issues.map(({ path: where, message }) => `${where.join(".")}: ${message}`).join("; ")}`);
    return documents.length === 1 ? { file, object: parsed.data, text } : { file, object: parsed.data };
  });
}

function parse(file: string, text: string): unknown[] {
  try {
    return loadAll(text);
  } catch (cause) {
    throw new UserError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function yamlFiles(directory: string): readonly string[] {
  try {
    const files = readdirSync(directory, { recursive: true, withFileTypes: true });
    return files.filter((file) => file.isFile() && /\.ya?ml$/.test(file.name)).map((file) => path.join(file.parentPath, file.name)).sort();
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw cause;
  }
}
