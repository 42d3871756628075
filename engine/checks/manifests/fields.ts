import type { Manifest } from "../../model/manifest";

/** A field somewhere in an object, with its path: `spec.storage.storageClassName`. */
export interface Field {
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
}

/** A step on the way to a field. Paths are spelled only for what was looked for. */
interface Step {
  readonly up: Step | undefined;
  readonly key: string | number;
}

const spelled = ({ up, key }: Step): string => (up === undefined ? String(key) : typeof key === "number" ? `${spelled(up)}[${key}]` : `${spelled(up)}.${key}`);

/** Every field of an object below its metadata whose key is one of these, wherever it stands. */
export function fieldsNamed(manifest: Manifest, keys: ReadonlySet<string>): readonly Field[] {
  const found: Field[] = [];
  // What ConfigMaps hold is text.
  if (manifest.kind === "ConfigMap") return found;
  const walk = (value: unknown, at: Step): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) if (typeof item === "object") walk(item, { up: at, key: index });
      return;
    }
    const record = value as Readonly<Record<string, unknown>>;
    for (const key in record) {
      const inner = record[key];
      if (keys.has(key)) found.push({ path: spelled({ up: at, key }), key, value: inner });
      if (typeof inner === "object") walk(inner, { up: at, key });
    }
  };
  for (const [key, value] of Object.entries(manifest)) if (key !== "metadata") walk(value, { up: undefined, key });
  return found;
}
