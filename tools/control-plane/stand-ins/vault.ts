import { randomBytes } from "node:crypto";

/**
 * Stands for the lab's vault, as it is before the lab is started: every key that is asked for has a value, made once. Only
 * the keys that a documented step fills later have none until then.
 */
export class Vault {
  readonly #values = new Map<string, string>();

  readonly #missing: Set<string>;

  constructor(filledLater: ReadonlySet<string> = new Set()) {
    this.#missing = new Set(filledLater);
  }

  /** What the owner puts there by hand. */
  put(key: string, value: string): void {
    this.#values.set(key, value);
    this.#missing.delete(key);
  }

  /** Takes a key away until it is put back; returns its value. */
  lose(key: string): string {
    const value = this.read(key);
    if (value === undefined) throw new Error(`the vault has no ${key} to lose`);
    this.#values.delete(key);
    this.#missing.add(key);
    return value;
  }

  /** The value of a key; undefined where nobody has put it there yet. */
  read(key: string): string | undefined {
    const known = this.#values.get(key);
    if (known !== undefined || this.#missing.has(key)) return known;
    const made = randomBytes(24).toString("hex");
    this.#values.set(key, made);
    return made;
  }
}
