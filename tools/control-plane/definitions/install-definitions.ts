import type { ApiServer } from "../cluster/api-server";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import { until } from "../processes/until";
import { inFlight } from "../processes/in-flight";
import { applyAll, AT_ONCE } from "./apply-all";
import { servedBy } from "./definition-source";

/** Applies custom resource definitions for real; returns when every kind of those that were accepted is served. */
export async function installDefinitions(api: ApiServer, definitions: readonly KubernetesObject[]): Promise<void> {
  const accepted = await applyAll(api, definitions);
  const patience = { timeoutSeconds: 120, everyMilliseconds: 200, signal: api.process.died };
  let waiting = accepted;
  await until({ ...patience, what: "the custom resource definitions to be established" }, async () => {
    // One by one: a list of them all is megabytes of schemas.
    const now = await inFlight(AT_ONCE, waiting, (definition) => api.client.get(definition));
    waiting = now.filter((definition) => definition !== undefined && !isEstablished(definition)).flatMap((definition) => definition ?? []);
    if (waiting.length > 0) throw new Error(waiting.map((definition) => `${definition.metadata.name}: ${JSON.stringify(fieldOf(definition, "status", "conditions"))}`).join("; "));
    return true;
  });
  await until({ ...patience, what: "the custom resources to be served" }, async () => {
    const served = await api.client.rediscover();
    const absent = accepted.flatMap(servedBy).filter((kind) => !served.has(kind));
    if (absent.length > 0) throw new Error(`${absent.join(", ")} not served yet`);
    return true;
  });
}

function isEstablished(definition: KubernetesObject): boolean {
  const conditions = fieldOf(definition, "status", "conditions");
  return Array.isArray(conditions) && conditions.some((condition) => fieldOf(condition, "type") === "Established" && fieldOf(condition, "status") === "True");
}
