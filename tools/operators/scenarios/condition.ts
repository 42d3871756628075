import { describeObject, fieldOf, type KubernetesObject, type ObjectReference } from "../../control-plane/kubernetes/object";
import { TimeoutError, until } from "../../control-plane/processes/until";
import type { LabCluster } from "../run/lab-cluster";

/** How long an operator may take over one thing. */
const SECONDS = 90;

/** Waits until an object is as it must be; returns what speaks against it, nothing where all is well. */
export async function awaited({ running }: LabCluster, reference: ObjectReference, problem: (object: KubernetesObject) => string | undefined, seconds?: number): Promise<readonly string[]> {
  const look = async (): Promise<string | undefined> => {
    const object = await running.api.client.get(reference);
    return object === undefined ? "it does not exist" : problem(object);
  };
  return awaitedOutcome(running.api.process.died, describeObject(reference), look, seconds);
}

/** Waits until there is no problem left; returns the last one where there still is. */
export async function awaitedOutcome(died: AbortSignal, what: string, problem: () => Promise<string | undefined>, seconds = SECONDS): Promise<readonly string[]> {
  try {
    await until({ what, timeoutSeconds: seconds, everyMilliseconds: 500, signal: died }, async () => {
      const found = await problem();
      if (found !== undefined) throw new Error(found);
      return true;
    });
    return [];
  } catch (cause) {
    if (cause instanceof TimeoutError) return [cause.message];
    throw cause;
  }
}

/** A problem unless a condition of the status is true. */
export function unlessTrue(type: string): (object: KubernetesObject) => string | undefined {
  return (object) => {
    const conditions = fieldOf(object, "status", "conditions");
    const found = Array.isArray(conditions) ? conditions.find((condition) => fieldOf(condition, "type") === type) : undefined;
    return fieldOf(found, "status") === "True" ? undefined : `${type} is ${String(fieldOf(found, "status") ?? "not told")}: ${String(fieldOf(found, "message") ?? "")}`;
  };
}
