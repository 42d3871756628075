import { recipeOf } from "../../engine/model/recipe";

/** Where something in a value can be changed: the keys that lead there. */
export type Place = readonly (string | number)[];

/** Every place in plain data; what the program exports and what recipes made is one thing, as it is to whoever writes a lab. */
export function placesIn(value: unknown, isWhole: (value: unknown) => boolean, at: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null || isWhole(value) || recipeOf(value) !== undefined) return typeof value === "function" ? [] : [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, isWhole, [...at, Array.isArray(value) ? Number(key) : key]))];
}

/**
 * The value with another one in a place: `how` chooses among what can be done to it.
 * @param mayGo whether a property may be left out, which types elsewhere forbid
 */
export function changedAt<Value>(value: Value, [key, ...rest]: Place, how: number, mayGo = false): Value {
  if (key === undefined) return other(value, how) as Value;
  if (Array.isArray(value)) return (rest.length === 0 && how % 3 === 0 ? value.toSpliced(Number(key), 1) : value.with(Number(key), changedAt(value[Number(key)] as unknown, rest, how, mayGo))) as Value;
  const { [key as keyof Value]: inner, ...others } = value as Value & object;
  if (rest.length === 0 && mayGo && how % 4 === 0) return others as Value;
  // In the same place: the order of keys may be part of what comes of it.
  return Object.fromEntries(Object.entries(value as object).map(([name, it]) => [name, name === key ? changedAt(inner as unknown, rest, how, mayGo || key === "settings") : (it as unknown)])) as Value;
}

function other(value: unknown, how: number): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1 + (how % 3);
  if (typeof value === "string") return otherText(value, how);
  if (Array.isArray(value)) return how % 2 === 0 ? value.toReversed() : value.slice(1);
  return value;
}

/** Quantities and addresses stay such. */
function otherText(text: string, how: number): string {
  const digits = [...text.matchAll(/\d+/g)];
  const chosen = digits[how % Math.max(1, digits.length)];
  return chosen ? `${text.slice(0, chosen.index)}${Number(chosen[0]) + 1}${text.slice(chosen.index + chosen[0].length)}` : `${text}x`;
}
