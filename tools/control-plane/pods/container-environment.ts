import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import type { EnvironmentVariable } from "./pod-template";

/** Looks a ConfigMap or Secret of the pod's namespace up. */
export type Lookup = (kind: "ConfigMap" | "Secret", name: string) => Promise<KubernetesObject | undefined>;

/**
 * A container's environment, with what it takes from ConfigMaps, Secrets and its pod filled in.
 * Throws where a key is missing that is not optional: there, a kubelet would not start the container.
 */
export async function containerEnvironment(variables: readonly EnvironmentVariable[], pod: Readonly<Record<string, string>>, lookup: Lookup): Promise<Readonly<Record<string, string>>> {
  const environment: Record<string, string> = {};
  for (const { name, value, valueFrom } of variables) {
    const found = value ?? (await sourced(valueFrom, pod, lookup));
    if (found !== undefined) environment[name] = expanded(found, environment);
  }
  return environment;
}

/** Replaces $(NAME) where NAME is known, as Kubernetes does in values, commands and arguments. */
export function expanded(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replace(/\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/g, (reference, name: string) => environment[name] ?? reference);
}

async function sourced(source: EnvironmentVariable["valueFrom"], pod: Readonly<Record<string, string>>, lookup: Lookup): Promise<string | undefined> {
  if (source?.fieldRef !== undefined) return pod[source.fieldRef.fieldPath];
  const kind = source?.configMapKeyRef === undefined ? "Secret" : "ConfigMap";
  const reference = source?.configMapKeyRef ?? source?.secretKeyRef;
  if (reference === undefined) return undefined;
  const value = fieldOf(await lookup(kind, reference.name), "data", reference.key);
  if (typeof value === "string") return kind === "Secret" ? Buffer.from(value, "base64").toString("utf8") : value;
  if (reference.optional === true) return undefined;
  throw new Error(`${kind} ${reference.name} has no key ${reference.key}`);
}
