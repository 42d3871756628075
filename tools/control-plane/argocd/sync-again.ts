import { z } from "zod";
import type { KubernetesObject } from "../kubernetes/object";
import { inFlight } from "../processes/in-flight";
import { until } from "../processes/until";
import { applicationState } from "./application";
import type { ArgoCd } from "./components";

const operationState = z.looseObject({ status: z.looseObject({ operationState: z.looseObject({ phase: z.string(), startedAt: z.string() }) }) });

/** More would only wait for each other on two cores, until a large definition is no longer taken in time. */
const AT_ONCE = 4;

/** An API server that is short of processor may let a request run out of time; what is wrong stays wrong. */
const RETRY = { limit: 3, backoff: { duration: "5s", factor: 2, maxDuration: "30s" } };

/** Syncs every given Application again, every object of it, and waits until each has succeeded; returns those that did not. */
export async function syncAgain({ cluster, namespace }: ArgoCd, names: readonly string[], timeoutSeconds: number): Promise<readonly string[]> {
  const { client } = cluster.api;
  const references = names.map((name) => ({ apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { namespace, name } }));
  const failed = await inFlight(AT_ONCE, references, async (reference) => {
    const before = await client.get(reference);
    // Without the Application's own ApplyOutOfSyncOnly, under which nothing would be applied. And without asking before each
    // object whether the server can validate, for which Argo CD reads a whole schema: that they are valid is asserted elsewhere.
    const sync = { syncOptions: ["ServerSideApply=true", "Validate=false"] };
    await client.patch(reference, { operation: { initiatedBy: { username: "e2e" }, sync, retry: RETRY } });
    const after = await until({ what: `${reference.metadata.name} to be synced again`, timeoutSeconds, everyMilliseconds: 500 }, async () => {
      const now = await client.get(reference);
      return now !== undefined && startOf(now) !== startOf(before) && isOver(now) ? now : undefined;
    });
    const { name, phase, causes } = applicationState(after);
    return phase === "Succeeded" ? [] : [`${name}: ${phase}: ${causes.join("; ")}`];
  });
  return failed.flat();
}

function startOf(application: KubernetesObject | undefined): string | undefined {
  const parsed = operationState.safeParse(application);
  return parsed.success ? parsed.data.status.operationState.startedAt : undefined;
}

function isOver(application: KubernetesObject): boolean {
  return operationState.parse(application).status.operationState.phase !== "Running" && application["operation"] === undefined;
}
