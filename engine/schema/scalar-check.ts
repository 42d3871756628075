import type { Check } from "./compile";
import { integerRanges, patternOf, quantity, stringForms } from "./formats";
import type { JsonSchema } from "./json-schema";
import { isObject, shown } from "./problem";

/** What kind of value a schema wants, in words and as a test. */
export interface ValueType {
  readonly expected: string;
  readonly allows: (value: unknown) => boolean;
}

const types: { readonly [type: string]: ValueType } = {
  object: { expected: "an object", allows: isObject },
  array: { expected: "a list", allows: Array.isArray },
  string: { expected: "a string", allows: (value) => typeof value === "string" },
  boolean: { expected: "true or false", allows: (value) => typeof value === "boolean" },
  integer: { expected: "a whole number", allows: Number.isInteger },
  number: { expected: "a number", allows: Number.isFinite },
};

const anything: ValueType = { expected: "anything", allows: () => true };
const intOrString: ValueType = { expected: "a whole number or a string", allows: (value) => typeof value === "string" || Number.isInteger(value) };
const quantityType: ValueType = {
  expected: quantity.expected,
  allows: (value) => Number.isFinite(value) || (typeof value === "string" && quantity.allows(value)),
};

/** The kind of value that a schema wants; a schema that names none takes anything. */
export function typeOf(schema: JsonSchema): ValueType {
  if (schema["x-kubernetes-int-or-string"] === true) return intOrString;
  if (schema.format === "quantity") return quantityType;
  return (schema.type === undefined ? undefined : types[schema.type]) ?? anything;
}

export function enumCheck(schema: JsonSchema): Check | undefined {
  if (schema.enum === undefined) return undefined;
  const values = new Set(schema.enum);
  const expected = `one of ${schema.enum.map((value) => JSON.stringify(value)).join(", ")}`;
  return (value, place) => {
    if (!values.has(value)) place.report(shown(value), expected);
  };
}

/** Length, pattern and format of strings. */
export function stringCheck(schema: JsonSchema): Check | undefined {
  const rules: ((text: string) => string | undefined)[] = [];
  const { minLength, maxLength } = schema;
  if (minLength !== undefined) rules.push((text) => (text.length < minLength ? `at least ${minLength} characters` : undefined));
  // The API server counts characters, JavaScript UTF-16 units: only a long string needs counting.
  if (maxLength !== undefined) rules.push((text) => (text.length > maxLength && [...text].length > maxLength ? `at most ${maxLength} characters` : undefined));
  if (schema.pattern !== undefined) {
    const pattern = patternOf(schema.pattern);
    rules.push((text) => (pattern.test(text) ? undefined : `text like ${schema.pattern}`));
  }
  const form = stringForms[schema.format ?? ""];
  if (form !== undefined) rules.push((text) => (form.allows(text) ? undefined : form.expected));
  if (rules.length === 0) return undefined;
  return (value, place) => {
    if (typeof value !== "string") return;
    for (const rule of rules) {
      const expected = rule(value);
      if (expected !== undefined) place.report(shown(value), expected);
    }
  };
}

/** Bounds of numbers, those of their format included. */
export function numberCheck(schema: JsonSchema): Check | undefined {
  const range = integerRanges[schema.format ?? ""];
  const least = schema.minimum ?? range?.[0] ?? -Infinity;
  const most = schema.maximum ?? range?.[1] ?? Infinity;
  const { multipleOf } = schema;
  if (least === -Infinity && most === Infinity && multipleOf === undefined) return undefined;
  return (value, place) => {
    if (typeof value !== "number") return;
    if (value < least || (value === least && schema.exclusiveMinimum === true)) {
      place.report(String(value), `${schema.exclusiveMinimum === true ? "more than" : "at least"} ${least}`);
    }
    if (value > most || (value === most && schema.exclusiveMaximum === true)) {
      place.report(String(value), `${schema.exclusiveMaximum === true ? "less than" : "at most"} ${most}`);
    }
    if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) place.report(String(value), `a multiple of ${multipleOf}`);
  };
}
