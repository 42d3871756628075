import type { Check } from "./compile";
import type { JsonSchema } from "./json-schema";
import { nearest } from "../model/nearest";
import { isObject, some, type Place } from "./problem";

/** Objects: known fields, required ones, and what is said about the rest. A field that is `undefined` is not there. */
export function objectCheck(schema: JsonSchema, compile: (schema: JsonSchema) => Check, closed: boolean, metadata: Check): Check | undefined {
  const { minProperties, maxProperties } = schema;
  const required = requiredFields(schema);
  const fields = fieldChecks(schema, compile, metadata);
  const rest = restCheck(schema, compile, closed, [...fields.keys()]);
  if (fields.size === 0 && rest === undefined && required.length === 0 && minProperties === undefined && maxProperties === undefined) return undefined;
  return (value, place) => {
    if (!isObject(value)) return;
    for (const name in value) {
      if (value[name] === undefined) continue;
      const check = fields.get(name) ?? rest;
      if (check === undefined) continue;
      place.enter(name);
      check(value[name], place);
      place.leave();
    }
    for (const name of required) {
      if (value[name] === undefined) place.reportField(name, "nothing", "a value: the field is required");
    }
    checkCount(value, schema, place);
  };
}

/** The API server fills defaults in before it looks for what is missing. */
function requiredFields(schema: JsonSchema): readonly string[] {
  const missing = (schema.required ?? []).filter((name) => schema.properties?.[name]?.default === undefined);
  return schema["x-kubernetes-embedded-resource"] === true ? [...new Set([...missing, "apiVersion", "kind"])] : missing;
}

function fieldChecks(schema: JsonSchema, compile: (schema: JsonSchema) => Check, metadata: Check): Map<string, Check> {
  const fields = new Map(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, compile(field)]));
  if (schema["x-kubernetes-embedded-resource"] === true) {
    fields.set("apiVersion", compile({ type: "string" })).set("kind", compile({ type: "string" })).set("metadata", metadata);
  }
  return fields;
}

/** What holds for the fields that a schema does not name; nothing where they may be anything. */
function restCheck(schema: JsonSchema, compile: (schema: JsonSchema) => Check, closed: boolean, known: readonly string[]): Check | undefined {
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object") return compile(additionalProperties);
  const anyField = additionalProperties === true || schema["x-kubernetes-preserve-unknown-fields"] === true || schema["x-kubernetes-embedded-resource"] === true;
  if (anyField || !closed || schema.type !== "object") return undefined;
  return (_value, place) => place.report("an unknown field", suggestion(place.last, known));
}

function suggestion(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `a field that the schema has: did you mean ${JSON.stringify(meant)}?`;
  return known.length === 0 ? "no field at all" : `one of its fields: ${some(known, 8)}`;
}

function checkCount(value: object, { minProperties, maxProperties }: JsonSchema, place: Place): void {
  if (minProperties === undefined && maxProperties === undefined) return;
  const count = Object.keys(value).length;
  if (minProperties !== undefined && count < minProperties) place.report(`${count} fields`, `at least ${minProperties}`);
  if (maxProperties !== undefined && count > maxProperties) place.report(`${count} fields`, `at most ${maxProperties}`);
}
