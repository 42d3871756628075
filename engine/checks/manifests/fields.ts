import type { Manifest } from "../../model/manifest";

/** A field somewhere in an object, with its path: `spec.storage.storageClassName`. */
export interface Field {
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
}

/** Every field of an object below its metadata whose key is one of these, wherever it stands. */
export function fieldsNamed(manifest: Manifest, keys: ReadonlySet<string>): readonly Field[] {
  const found: Field[] = [];
  // What ConfigMaps hold is text.
  if (manifest.kind === "ConfigMap") return found;
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) value.forEach((item, index) => { walk(item, `${path}[${index}]`); });
    else
      for (const [key, inner] of Object.entries(value)) {
        if (keys.has(key)) found.push({ path: `${path}.${key}`, key, value: inner });
        if (typeof inner === "object") walk(inner, `${path}.${key}`);
      }
  };
  for (const [key, value] of Object.entries(manifest)) if (key !== "metadata") walk(value, key);
  return found;
}
