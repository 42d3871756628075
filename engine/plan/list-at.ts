import { fieldOf } from "../model/manifest";

/** The list in a field; empty where there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = fieldOf(value, ...path);
  return Array.isArray(list) ? list : [];
}

/** The texts in a field that is a list of them. */
export const textsAt = (value: unknown, ...path: readonly (string | number)[]): readonly string[] => listAt(value, ...path).map(String);
