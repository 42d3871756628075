import type { Manifest } from "../../model/manifest";

/** A field somewhere in an object: `storageClassName`, wherever it stands. */
export interface Field {
  readonly key: string;
  readonly value: unknown;
}

/** Half of all objects: they hold text, or name others only by fields of their own. Looking through them would find nothing. */
const withoutSuch: ReadonlySet<string> = new Set(["ConfigMap", "Secret", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "NetworkPolicy", "CiliumNetworkPolicy", "PrometheusRule", "Service", "ServiceAccount"]);

/** Every field of an object below its metadata whose key is one of these, wherever it stands. */
export function fieldsNamed(manifest: Manifest, keys: ReadonlySet<string>): readonly Field[] {
  const found: Field[] = [];
  if (withoutSuch.has(manifest.kind)) return found;
  const walk = (value: object): void => {
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) if (typeof item === "object" && item !== null) walk(item);
      return;
    }
    const record = value as Readonly<Record<string, unknown>>;
    for (const key in record) {
      const inner = record[key];
      if (keys.has(key)) found.push({ key, value: inner });
      if (typeof inner === "object" && inner !== null) walk(inner);
    }
  };
  for (const key in manifest) {
    const value = manifest[key];
    if (key !== "metadata" && typeof value === "object" && value !== null) walk(value);
  }
  return found;
}
