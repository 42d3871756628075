import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importedOperators } from "../../imports/operators";
import type { Check, Compiler } from "./compile";
import type { JsonSchema } from "./json-schema";
import { kindOf, type Kind } from "./kind";
import { objectMeta } from "./object-meta";

/** An operator whose custom kinds a cluster knows, at the version that it runs there. */
export interface OperatorVersion {
  readonly name: string;
  readonly version: string;
}

/** What is read of a CustomResourceDefinition. */
export interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema?: { readonly openAPIV3Schema?: JsonSchema };
    }[];
  };
}

/** A closed schema: written by hand for the fields that we use, where an operator's own is not to be had. */
export interface ClosedSchema {
  readonly schema: JsonSchema;
}

/** The kinds of an operator; throws when `imports/` has nothing of that version. */
export function importedKinds(operator: OperatorVersion, importsDir: string, compiler: Compiler): readonly Kind[] {
  const imported = importedOperators.find(({ name, version }) => name === operator.name && version === operator.version);
  if (imported === undefined) throw new Error(`no schemas for ${operator.name} ${operator.version}: ${versionsOf(operator.name)}`);
  return imported.kinds.flatMap((kind) =>
    kind.versions.map((version) => {
      const name = { apiVersion: `${kind.group}/${version}`, kind: kind.kind, namespaced: kind.namespaced };
      return kindOf(name, () => customCheck(importedSchema(join(importsDir, kind.file), version), compiler));
    }),
  );
}

/** The kinds of a CustomResourceDefinition that is not imported, such as one of an owner's own operator. */
export function definedKinds({ spec }: CustomResourceDefinition, compiler: Compiler): readonly Kind[] {
  return spec.versions
    .filter(({ served }) => served)
    .map((version) => {
      const name = { apiVersion: `${spec.group}/${version.name}`, kind: spec.names.kind, namespaced: spec.scope === "Namespaced" };
      return kindOf(name, () => customCheck(version.schema?.openAPIV3Schema ?? {}, compiler));
    });
}

function versionsOf(operator: string): string {
  const versions = importedOperators.filter(({ name }) => name === operator).map(({ version }) => version);
  if (versions.length > 0) return `imports/ has ${versions.join(", ")}`;
  return `imports/ has ${importedOperators.map(({ name }) => name).join(", ")}`;
}

function importedSchema(file: string, version: string): JsonSchema {
  const read: CustomResourceDefinition | ClosedSchema = JSON.parse(readFileSync(file, "utf8"));
  if ("schema" in read) return read.schema;
  return read.spec.versions.find(({ name }) => name === version)?.schema?.openAPIV3Schema ?? {};
}

/**
 * A custom kind's check: its schema, with the metadata that every object has. Its status is the controller's alone, so
 * a manifest that sets one is wrong.
 */
function customCheck(schema: JsonSchema, compiler: Compiler): Check {
  const { status: _status, ...fields } = schema.properties ?? {};
  const text: JsonSchema = { type: "string" };
  return compiler.compile({ ...schema, properties: { ...fields, apiVersion: text, kind: text, metadata: { $ref: objectMeta } } });
}

