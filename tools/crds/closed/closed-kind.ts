import type { JsonSchema } from "../../../engine/schema/json-schema";

/** A custom kind whose schema is written by hand from its documented API, for the fields that apps use. */
export interface ClosedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly schema: JsonSchema;
}

/** The fields of an object, the ones that it must have marked with `required`. */
interface Fields {
  readonly [name: string]: JsonSchema | RequiredField;
}

interface RequiredField {
  readonly required: true;
  readonly schema: JsonSchema;
}

/** A field that an object cannot be without. */
export function required(schema: JsonSchema): RequiredField {
  return { required: true, schema };
}

/** An object with these fields and no others. */
export function object(fields: Fields, more: JsonSchema = {}): JsonSchema {
  const entries = Object.entries(fields);
  const needed = entries.filter(([, field]) => isRequired(field)).map(([name]) => name);
  const properties = Object.fromEntries(entries.map(([name, field]) => [name, isRequired(field) ? field.schema : field]));
  return { type: "object", properties, ...(needed.length === 0 ? {} : { required: needed }), ...more };
}

function isRequired(field: JsonSchema | RequiredField): field is RequiredField {
  return field.required === true;
}

export const text: JsonSchema = { type: "string" };
export const flag: JsonSchema = { type: "boolean" };
export const whole: JsonSchema = { type: "integer" };
export const int32: JsonSchema = { type: "integer", format: "int32" };
export const quantity: JsonSchema = { "x-kubernetes-int-or-string": true, format: "quantity" };
/** Whatever the object holds is another's to check. */
export const anyObject: JsonSchema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** A part of the pod, or another built-in type: "core.v1.Toleration". */
export function kubernetes(type: string): JsonSchema {
  return { $ref: `io.k8s.api.${type}` };
}

export function oneOf(...values: readonly string[]): JsonSchema {
  return { type: "string", enum: values };
}

export function list(items: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return { type: "array", items, ...more };
}

/** A custom kind whose content is its spec. */
export function withSpec(spec: JsonSchema): JsonSchema {
  return object({ apiVersion: text, kind: text, metadata: { type: "object" }, spec: required(spec) });
}

/** An object with any keys and values of one kind. */
export function mapOf(values: JsonSchema): JsonSchema {
  return { type: "object", additionalProperties: values };
}
