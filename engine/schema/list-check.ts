import type { Check } from "./compile";
import type { JsonSchema } from "./json-schema";
import { isObject, type Place } from "./problem";

/**
 * Lists: every item, how many, and that no two are the same one. Server-side apply refuses a list that repeats a key,
 * even where a plain create would take it.
 */
export function listCheck(schema: JsonSchema, compile: (schema: JsonSchema) => Check, resolve: (schema: JsonSchema) => JsonSchema): Check | undefined {
  if (schema.type !== "array" && schema.items === undefined && schema.minItems === undefined && schema.maxItems === undefined) return undefined;
  const item = schema.items === undefined ? undefined : compile(schema.items);
  const keyOf = itemKey(schema, resolve);
  return (value, place) => {
    if (!Array.isArray(value)) return;
    if (item !== undefined) eachItem(value, item, place);
    checkLength(value.length, schema, place);
    if (keyOf !== undefined) checkUnique(value, keyOf, place);
  };
}

function eachItem(list: readonly unknown[], check: Check, place: Place): void {
  for (let index = 0; index < list.length; index++) {
    place.enter(index);
    check(list[index], place);
    place.leave();
  }
}

function checkLength(length: number, { minItems, maxItems }: JsonSchema, place: Place): void {
  if (minItems !== undefined && length < minItems) place.report(`${length} items`, `at least ${minItems}`);
  if (maxItems !== undefined && length > maxItems) place.report(`${length} items`, `at most ${maxItems}`);
}

type ItemKey = (item: unknown) => string | undefined;

/** What identifies an item among the others, or nothing where a list may repeat itself. */
function itemKey(schema: JsonSchema, resolve: (schema: JsonSchema) => JsonSchema): ItemKey | undefined {
  if (schema["x-kubernetes-list-type"] === "set" || schema.uniqueItems === true) return (item) => JSON.stringify(item);
  const keys = schema["x-kubernetes-list-map-keys"];
  if (keys === undefined || schema.items === undefined) return undefined;
  const fields = keys.map((key) => ({ key, fallback: resolve(schema.items!).properties?.[key]?.default }));
  return (item) => {
    if (!isObject(item)) return undefined;
    const parts = fields.map(({ key, fallback }) => item[key] ?? fallback);
    return fields.map(({ key }, index) => `${key} ${JSON.stringify(parts[index])}`).join(", ");
  };
}

function checkUnique(list: readonly unknown[], keyOf: ItemKey, place: Place): void {
  if (list.length < 2) return;
  const seen = new Set<string>();
  list.forEach((item, index) => {
    const key = keyOf(item);
    if (key === undefined) return;
    if (seen.has(key)) {
      place.enter(index);
      place.report(`${key} a second time`, "no two items alike");
      place.leave();
    }
    seen.add(key);
  });
}
