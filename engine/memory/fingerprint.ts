import { createHash } from "node:crypto";
import { recipeOf } from "../model/recipe";

/** The code that a description was made by. */
export interface Code {
  /**
   * What the engine and the catalogue export, by names that are the same in every run of the same code: those of the catalogue tell the
   * module and all that it imports.
   */
  readonly names: ReadonlyMap<unknown, string>;
  /** Digest of the lab's own sources. */
  readonly lab: string;
  /** Digest of everything else that decides what comes of a lab, but the catalogue: the engine, its data, Node. */
  readonly engine: string;
  /** The same with the catalogue. */
  readonly program: string;
}

/**
 * Tells whether a value of one run is that of another: plain data by what it is, what the program exports by its name, and what a
 * recipe made by its recipe. Anything else that is no plain data, such as an app that the lab defines itself, is the same as long
 * as none of the lab's own code and of the program's has changed: too strict, and never wrong.
 */
export class Fingerprints {
  private readonly known = new WeakMap<object, string>();

  constructor(private readonly code: Code) {}

  of(value: unknown): string {
    return createHash("sha1").update(this.spelled(value)).digest("base64");
  }

  private spelled(value: unknown): string {
    // By its length, because that needs no look at what is in it. A half of a character has no bytes of its own to be told by.
    if (typeof value === "string") return `${value.length}"${value.isWellFormed() ? value : JSON.stringify(value)}`;
    if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return String(value);
    const name = this.code.names.get(value);
    if (name !== undefined) return `@${name}`;
    if (typeof value !== "object") return this.opaque();
    const recipe = recipeOf(value);
    if (recipe !== undefined && this.code.names.has(recipe.by)) return this.once(value, () => `${this.spelled(recipe.by)}${this.spelled(recipe.from)}`);
    let text: string;
    if (Array.isArray(value)) {
      text = "[";
      for (const item of value) text += `${this.spelled(item)},`;
      return `${text}]`;
    }
    if (!isPlain(value)) return this.opaque();
    text = "{";
    for (const key of Object.keys(value)) text += `${key.length}"${key}${this.spelled(value[key as keyof typeof value])},`;
    return `${text}}`;
  }

  /** What recipes make is shared by many clusters. */
  private once(value: object, spell: () => string): string {
    const known = this.known.get(value) ?? spell();
    this.known.set(value, known);
    return known;
  }

  private opaque(): string {
    return `!${this.code.lab} ${this.code.program}`;
  }
}

/** A plain object's prototype, of whichever realm, has none itself; a class's has. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
