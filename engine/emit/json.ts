import { HEADER } from "./header";

/** JSON as a generated file holds it: the mark first, then the value's keys as they were given. */
export const toJson = (value: Readonly<Record<string, unknown>>): string => `${JSON.stringify({ "//": HEADER, ...value }, undefined, 2)}\n`;
