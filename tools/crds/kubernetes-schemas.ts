import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltInKind, KubernetesSchemas } from "../../engine/schema/built-in-kinds";
import type { Definitions, JsonSchema } from "../../engine/schema/json-schema";
import { moduleDirectory, moduleVersion, run } from "./go";

/** What the `schemas` program prints. */
interface Printed {
  readonly kinds: readonly { readonly group: string; readonly version: string; readonly kind: string; readonly definition: string }[];
  readonly definitions: { readonly [name: string]: PrintedSchema };
}

type PrintedSchema = JsonSchema & { readonly $ref?: string };

/** Kinds that only controllers, kubelets and clients write, never a manifest in git. */
const bookkeeping = new Set([
  "Binding", "CSINode", "CSIStorageCapacity", "CertificateSigningRequest", "ControllerRevision", "Event", "IPAddress", "Lease",
  "LocalSubjectAccessReview", "Node", "PodTemplate", "ReplicaSet", "ReplicationController", "ResourceSlice", "SelfSubjectAccessReview",
  "SelfSubjectReview", "SelfSubjectRulesReview", "SubjectAccessReview", "TokenReview", "VolumeAttachment",
]);

/** Types that serialize themselves: their schemas say less, or other, than what they take. */
const handWritten: Definitions = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { format: "quantity" },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { "x-kubernetes-int-or-string": true },
  "io.k8s.apimachinery.pkg.runtime.RawExtension": { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": { type: "object", "x-kubernetes-preserve-unknown-fields": true },
};

/**
 * The stable kinds that a manifest may hold, as the API server of the pinned Kubernetes release describes them, without
 * descriptions and status.
 */
export function kubernetesSchemas(schemasProgram: string, directory: string): KubernetesSchemas {
  const printed: Printed = JSON.parse(run(schemasProgram, [], directory));
  const scopes = publishedScopes(moduleDirectory("k8s.io/kubernetes", directory));
  const kinds = printed.kinds.flatMap(({ group, version, kind, definition }): BuiltInKind[] => {
    const apiVersion = group === "" ? version : `${group}/${version}`;
    const namespaced = scopes.get(`${apiVersion} ${kind}`);
    if (namespaced === undefined || !/^v\d+$/.test(version) || bookkeeping.has(kind)) return [];
    return [{ apiVersion, kind, namespaced, definition }];
  });
  kinds.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { version: moduleVersion("k8s.io/kubernetes", directory), kinds, definitions: reachable(kinds, printed.definitions) };
}

function nameOf({ apiVersion, kind }: BuiltInKind): string {
  return `${apiVersion} ${kind}`;
}

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean; readonly verbs: readonly string[] }[];
}

interface DiscoveredGroups {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources: readonly { readonly responseKind: { readonly kind: string }; readonly scope: string; readonly verbs: readonly string[] }[];
    }[];
  }[];
}

/** Whether each kind that can be created is namespaced: no schema says so, the release's discovery documents do. */
function publishedScopes(kubernetes: string): ReadonlyMap<string, boolean> {
  const discovery = join(kubernetes, "api", "discovery");
  const core: ResourceList = JSON.parse(readFileSync(join(discovery, "api__v1.json"), "utf8"));
  const groups: DiscoveredGroups = JSON.parse(readFileSync(join(discovery, "aggregated_v2.json"), "utf8"));
  const scopes = new Map<string, boolean>();
  for (const { name, kind, namespaced, verbs } of core.resources) {
    if (verbs.includes("create") && !name.includes("/")) scopes.set(`${core.groupVersion} ${kind}`, namespaced);
  }
  for (const { metadata, versions } of groups.items) {
    for (const { version, resources } of versions) {
      for (const { responseKind, scope, verbs } of resources) {
        if (verbs.includes("create")) scopes.set(`${metadata.name}/${version} ${responseKind.kind}`, scope === "Namespaced");
      }
    }
  }
  return scopes;
}

/** The definitions that the kinds lead to, compacted. */
function reachable(kinds: readonly BuiltInKind[], printed: Printed["definitions"]): Definitions {
  const roots = new Set(kinds.map(({ definition }) => definition));
  const definitions: { [name: string]: JsonSchema } = {};
  const pending = [...roots];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name in definitions) continue;
    const found = handWritten[name] ?? compact(printed[name]!);
    definitions[name] = roots.has(name) ? withoutStatus(found) : found;
    pending.push(...references(definitions[name]!));
  }
  return definitions;
}

function withoutStatus(schema: JsonSchema): JsonSchema {
  const { status: _status, ...properties } = schema.properties ?? {};
  return { ...schema, properties };
}

/** A schema with what the validator reads, and nothing else. */
function compact(schema: PrintedSchema): JsonSchema {
  if (schema.$ref !== undefined) return { $ref: schema.$ref.replace("#/definitions/", "") };
  const { type, format, required, properties, items, additionalProperties } = schema;
  if (type === undefined && properties === undefined) return {};
  return {
    ...(type === undefined ? {} : { type }),
    ...(format !== undefined && ["int32", "int64", "byte", "date-time"].includes(format) ? { format } : {}),
    ...(schema.enum === undefined ? {} : { enum: schema.enum }),
    // Defaults are read only where they complete a list's key: a port's protocol.
    ...(typeof schema.default === "string" && schema.default !== "" ? { default: schema.default } : {}),
    ...(required === undefined ? {} : { required }),
    ...(properties === undefined ? {} : { properties: compactAll(properties) }),
    ...(items === undefined ? {} : { items: compact(items) }),
    ...(typeof additionalProperties === "object" ? { additionalProperties: compact(additionalProperties) } : {}),
    ...listKeys(schema),
  };
}

function compactAll(properties: { readonly [name: string]: JsonSchema }): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, compact(schema)]));
}

function listKeys(schema: JsonSchema): JsonSchema {
  const keys = schema["x-kubernetes-list-map-keys"];
  if (keys !== undefined) return { "x-kubernetes-list-map-keys": keys };
  return schema["x-kubernetes-list-type"] === "set" ? { "x-kubernetes-list-type": "set" } : {};
}

function references(schema: JsonSchema): readonly string[] {
  if (schema.$ref !== undefined) return [schema.$ref];
  const inner = Object.values(schema.properties ?? {});
  if (schema.items !== undefined) inner.push(schema.items);
  if (typeof schema.additionalProperties === "object") inner.push(schema.additionalProperties);
  return inner.flatMap(references);
}
