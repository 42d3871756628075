import type { JsonSchema } from "../../engine/schema/json-schema";

/** A CustomResourceDefinition, as far as the import looks into it. */
export interface Crd {
  readonly apiVersion: "apiextensions.k8s.io/v1";
  readonly kind: "CustomResourceDefinition";
  readonly metadata: { readonly name: string; readonly annotations?: { readonly [key: string]: string } };
  readonly spec: CrdSpec;
}

export interface CrdSpec {
  readonly group: string;
  readonly scope: "Namespaced" | "Cluster";
  readonly names: { readonly kind: string; readonly plural: string };
  readonly versions: readonly CrdVersion[];
  readonly conversion?: object;
}

export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly schema: { readonly openAPIV3Schema: JsonSchema };
}

/** The schema of one version of a CRD's kind, changed. */
export function withSchemas(crd: Crd, versions: readonly CrdVersion[], change: (schema: JsonSchema) => JsonSchema): Crd {
  const changed = versions.map((version) => ({ ...version, schema: { openAPIV3Schema: change(version.schema.openAPIV3Schema) } }));
  return { ...crd, spec: { ...crd.spec, versions: changed } };
}
