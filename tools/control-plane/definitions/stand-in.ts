import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { KubernetesObject } from "../kubernetes/object";
import { groups } from "../manifests/groups";

const closedKind = z.object({
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  plural: z.string(),
  namespaced: z.boolean(),
  schema: z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }),
});

/** A kind as imports/closed describes it: only the fields that we use, by hand. */
export type ClosedKind = z.infer<typeof closedKind>;

/** Definitions made from every closed schema below a directory; none where there is no directory. */
export function standIns(directory: string): readonly KubernetesObject[] {
  const kinds = jsonFiles(directory).map((file) => closedKind.parse(JSON.parse(readFileSync(file, "utf8"))));
  return [...groups(kinds, ({ group, plural }) => `${plural}.${group}`)].map(([name, versions]) => standIn(name, versions));
}

/** A definition that knows no more than the closed schemas of a kind's versions. */
export function standIn(name: string, versions: readonly ClosedKind[]): KubernetesObject {
  const first = versions[0]!;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name },
    spec: {
      group: first.group,
      names: { kind: first.kind, plural: first.plural, singular: first.kind.toLowerCase() },
      scope: first.namespaced ? "Namespaced" : "Cluster",
      versions: versions.map(({ version, schema }, index) => ({
        name: version,
        served: true,
        storage: index === 0,
        subresources: { status: {} },
        // The closed schemas leave out what only a controller writes.
        schema: { openAPIV3Schema: opened({ ...schema, properties: { ...schema.properties, status: { type: "object", ...OPEN } } }) },
      })),
    },
  };
}

const OPEN = { "x-kubernetes-preserve-unknown-fields": true };

/** The same schema without references to Kubernetes' own types, which a definition may not have: what they hold is left open. */
function opened(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(opened);
  if (typeof schema !== "object" || schema === null) return schema;
  if ("$ref" in schema && typeof schema.$ref === "string") return OPEN;
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, opened(value)]));
}

function jsonFiles(directory: string): readonly string[] {
  try {
    const files = readdirSync(directory, { recursive: true, withFileTypes: true });
    return files.filter((file) => file.isFile() && file.name.endsWith(".json")).map((file) => path.join(file.parentPath, file.name)).sort();
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw cause;
  }
}
