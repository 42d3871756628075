import { randomBytes } from "node:crypto";

/** Stands for the lab's vault: what was put there, and for every other key a value that is made once. */
export class Vault {
  readonly #values = new Map<string, string>();

  /** What the owner puts there by hand. */
  put(key: string, value: string): void {
    this.#values.set(key, value);
  }

  /** The value of a key. */
  read(key: string): string {
    const value = this.#values.get(key) ?? randomBytes(24).toString("hex");
    this.#values.set(key, value);
    return value;
  }
}
