import type { JsonSchema } from "../../engine/schema/json-schema";
import { withSchemas, type Crd } from "./crd";

/**
 * Fields whose schema is a piece of the pod's: typed as anything, because every kind repeats them whole and apps take
 * the pod's types from Kubernetes' own bindings. Validation uses the full schema.
 */
const podFields = new Set([
  "affinity", "containers", "initContainers", "volumes", "volumeMounts", "securityContext", "podSecurityContext", "topologySpreadConstraints",
  "tolerations", "podTemplate", "podTemplateSpec", "env", "envFrom", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "volumeClaimTemplate",
]);

/**
 * A CRD cut down to what typed bindings are worth making of: the stored version, without status, pod templates and
 * Prometheus' service discovery in clouds.
 */
export function slim(crd: Crd): Crd {
  return withSchemas(crd, crd.spec.versions.filter(({ storage }) => storage), (schema) => {
    const { status: _status, ...properties } = schema.properties ?? {};
    return slimSchema({ ...schema, properties }, false);
  });
}

/** `generator`: inside ApplicationSet's generators, each of which repeats the whole Application as its template. */
function slimSchema(schema: JsonSchema, generator: boolean): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, field]): [string, JsonSchema] => {
    if (podFields.has(name) || (generator && name === "template") || name.endsWith("SDConfigs")) return [name, untyped(field)];
    return [name, slimSchema(field, generator || name === "generators")];
  });
  if (schema.$ref !== undefined) return untyped(schema);
  return {
    ...schema,
    ...(schema.properties === undefined ? {} : { properties: Object.fromEntries(properties) }),
    ...(schema.items === undefined ? {} : { items: slimSchema(schema.items, generator) }),
    ...(typeof schema.additionalProperties === "object" ? { additionalProperties: slimSchema(schema.additionalProperties, generator) } : {}),
  };
}

function untyped({ type }: JsonSchema): JsonSchema {
  const anything: JsonSchema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return type === "array" ? { type, items: anything } : anything;
}
