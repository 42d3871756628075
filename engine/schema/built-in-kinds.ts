import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Compiler } from "./compile";
import type { Definitions } from "./json-schema";
import { kindOf, type Kind } from "./kind";
import { checkLabelSelector, checkObjectMeta, objectMeta } from "./object-meta";

/** `imports/schemas/kubernetes-<minor>.json`: what `npm run import` keeps of the API server's own schemas. */
export interface KubernetesSchemas {
  /** The release they were read from, "1.36.3". */
  readonly version: string;
  readonly kinds: readonly BuiltInKind[];
  readonly definitions: Definitions;
}

/** A built-in kind, and which of the definitions is its schema. */
export interface BuiltInKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly definition: string;
}

const besides = {
  [objectMeta]: checkObjectMeta,
  "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector": checkLabelSelector,
};

/** The kinds of a Kubernetes version, and the compiler that custom kinds share with them for their metadata. */
export interface BuiltInKinds {
  readonly kinds: readonly Kind[];
  readonly compiler: Compiler;
}

/** Reads the schemas of a Kubernetes minor version, "1.36"; throws where there are none. */
export function builtInKinds(importsDir: string, kubernetes: string): BuiltInKinds {
  const file = join(importsDir, "schemas", `kubernetes-${kubernetes}.json`);
  if (!existsSync(file)) throw new Error(`no schemas for Kubernetes ${kubernetes}: ${file} does not exist`);
  const { kinds, definitions }: KubernetesSchemas = JSON.parse(readFileSync(file, "utf8"));
  const compiler = new Compiler({ definitions, besides, metadata: objectMeta });
  return { compiler, kinds: kinds.map((kind) => kindOf(kind, () => compiler.reference(kind.definition))) };
}
