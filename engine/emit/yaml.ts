import { error } from "../model/finding";
import { asGiven, type KeyOrder } from "./key-order";
import { Refusal } from "./refusal";
import { keyOf, valueOf } from "./scalar";

/** Where in the value we are, linked from the inside out: one small object per mapping or list, spelled only in an error. */
interface Place {
  readonly parent: Place | undefined;
  readonly key: string | number;
  readonly depth: number;
}

/** Deeper than any schema of a CRD: what goes on is a circle. */
const DEEPEST = 200;

/**
 * A plain object or list as a YAML document in block style, ending with one newline. It never writes an anchor, a tag
 * or a folded line, and drops properties that are undefined. An emitter of our own, because `yaml`'s was the largest
 * part of a synth. Throws a {@link Refusal} that names the place of anything that JSON in UTF-8 could not carry.
 */
export function toYaml(value: object, order: KeyOrder = asGiven): string {
  return lines(value, order, "", "", undefined) || `${emptyOf(value)}\n`;
}

/** The lines of a mapping or list at indentation `pad`; the first one follows `lead`. Nothing for an empty one. */
function lines(value: object, order: KeyOrder, lead: string, pad: string, at: Place | undefined): string {
  return Array.isArray(value) ? itemLines(value, order, lead, pad, at) : entryLines(value, order, lead, pad, at);
}

function entryLines(map: object, order: KeyOrder, lead: string, pad: string, at: Place | undefined): string {
  if (!isPlainObject(map)) refuse(at, `an instance of ${map.constructor.name}`);
  const inner = `${pad}  `;
  let text = "";
  for (const key of order(Object.keys(map))) {
    const value: unknown = map[key as keyof typeof map];
    if (value === undefined) continue;
    text += (text === "" ? lead : pad) + (keyOf(key, pad) ?? refuse(at, `the key ${JSON.stringify(key)}, half of a surrogate pair`));
    if (isCollection(value)) {
      const below = lines(value, order, inner, inner, placeOf(at, key));
      text += below === "" ? ` ${emptyOf(value)}\n` : `\n${below}`;
    } else text += ` ${leaf(value, inner, at, key)}\n`;
  }
  return text;
}

function itemLines(list: readonly unknown[], order: KeyOrder, lead: string, pad: string, at: Place | undefined): string {
  const inner = `${pad}  `;
  let text = "";
  // By index, because a hole in a list must not be skipped.
  for (let index = 0; index < list.length; index++) {
    const value = list[index];
    text += `${text === "" ? lead : pad}- `;
    if (isCollection(value)) text += lines(value, order, "", inner, placeOf(at, index)) || `${emptyOf(value)}\n`;
    else text += `${leaf(value, inner, at, index)}\n`;
  }
  return text;
}

function leaf(value: unknown, pad: string, parent: Place | undefined, key: string | number): string {
  if (typeof value === "string") return valueOf(value, pad) ?? refuse(placeOf(parent, key), `${JSON.stringify(value)}, with half of a surrogate pair`);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return numeral(value);
  return refuse(placeOf(parent, key), typeof value === "function" ? "a function" : `${String(value)} (${typeof value})`);
}

/** Minus zero is zero, as in JSON; an exponent gets a fraction, without which YAML 1.1 reads a string. */
function numeral(value: number): string {
  const text = String(value);
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

const isCollection = (value: unknown): value is object => typeof value === "object" && value !== null;
const emptyOf = (collection: object): string => (Array.isArray(collection) ? "[]" : "{}");

/** A plain object's prototype, of whichever realm, has none itself; a class's has. */
function isPlainObject(map: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(map);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function placeOf(parent: Place | undefined, key: string | number): Place {
  const place = { parent, key, depth: (parent?.depth ?? 0) + 1 };
  return place.depth <= DEEPEST ? place : refuse(place, `a value ${place.depth} levels deep, probably one that contains itself`);
}

function refuse(at: Place | undefined, found: string): never {
  const fix = "Give it as text, a finite number, a boolean, null, a list or a plain object";
  throw new Refusal([error({ rule: "plain-data", address: spelled(at), found, expected: "what JSON in UTF-8 can carry", fix })]);
}

/** `spec.containers[0].image`; other keys in brackets, as in JavaScript. */
function spelled(at: Place | undefined): string {
  let path = "";
  for (let place = at; place !== undefined; place = place.parent) {
    path = (typeof place.key === "string" && /^[\w-]+$/.test(place.key) ? `.${place.key}` : `[${JSON.stringify(place.key)}]`) + path;
  }
  return path === "" ? "the whole value" : path.replace(/^\./, "");
}
