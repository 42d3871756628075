import { describeObject, type KubernetesObject } from "../../control-plane/kubernetes/object";
import type { ApiServer } from "../../control-plane/cluster/api-server";
import { ApiError } from "../../control-plane/kubernetes/api-error";
import { inFlight } from "../../control-plane/processes/in-flight";
import { until } from "../../control-plane/processes/until";

/** Objects in the order in which a cluster can take them. */
export interface Turns {
  readonly namespaces: readonly KubernetesObject[];
  /** What Kubernetes itself understands, webhook configurations included. */
  readonly builtIn: readonly KubernetesObject[];
  /** What only an operator understands: its webhook may have to be up first. */
  readonly custom: readonly KubernetesObject[];
}

/** Sorts objects into turns; groups without a dot, and those of k8s.io, are Kubernetes' own. */
export function turnsOf(objects: readonly KubernetesObject[]): Turns {
  const isBuiltIn = ({ apiVersion }: KubernetesObject): boolean => /^([a-z0-9]+\/)?v\d\w*$/.test(apiVersion) || /\.k8s\.io\//.test(apiVersion);
  const others = objects.filter(({ kind }) => kind !== "Namespace");
  return { namespaces: objects.filter(({ kind }) => kind === "Namespace"), builtIn: others.filter(isBuiltIn), custom: others.filter((object) => !isBuiltIn(object)) };
}

/** Applies objects for real until each is accepted; throws with the server's words for those that are not in time. */
export async function applyUntilAccepted(api: ApiServer, objects: readonly KubernetesObject[], timeoutSeconds: number): Promise<void> {
  let waiting = objects;
  await until({ what: "everything that is committed to be accepted", timeoutSeconds, everyMilliseconds: 1000, signal: api.process.died }, async () => {
    const refused = await inFlight(16, waiting, async (object) => ((await refusal(api, object)) === undefined ? [] : [object]));
    waiting = refused.flat();
    if (waiting.length > 0) throw new Error(`${describeObject(waiting[0]!)}: ${(await refusal(api, waiting[0]!)) ?? "accepted"}`);
    return true;
  });
}

async function refusal(api: ApiServer, object: KubernetesObject): Promise<string | undefined> {
  try {
    await api.client.apply(object);
    return undefined;
  } catch (cause) {
    if (cause instanceof ApiError) return cause.message;
    throw cause;
  }
}
