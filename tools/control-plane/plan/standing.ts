import { isClusterScoped, kindOf } from "../../../engine/kinds/kind";
import type { Manifest } from "../../../engine/model/manifest";
import { nameIn } from "../../../engine/plan/side";
import type { KubernetesClient } from "../kubernetes/client";
import { fieldOf, type KubernetesObject, type ObjectReference } from "../kubernetes/object";

/** What stands of a case at one moment. */
export interface Standing {
  /** By the name that a plan gives them; what does not stand is not there. */
  readonly objects: ReadonlyMap<string, KubernetesObject>;
  readonly pods: readonly KubernetesObject[];
  /** Every claim of the namespace, those that a StatefulSet made as well. */
  readonly claims: readonly KubernetesObject[];
  /** Addresses of pods that answer for Services, by Service. */
  readonly endpoints: ReadonlyMap<string, readonly string[]>;
  /** Versions of the case's own kinds that are served. */
  readonly served: readonly string[];
}

/** Looks at every object of a case, and at what controllers made of them. */
export async function standingOf(client: KubernetesClient, namespace: string, manifests: readonly Manifest[]): Promise<Standing> {
  const found = await Promise.all(manifests.map(async (manifest) => [nameIn(manifest, namespace), await client.get(referenceTo(manifest, namespace)).catch(notServed)] as const));
  const [pods, claims, slices] = await Promise.all([
    client.list("v1", "Pod", namespace),
    client.list("v1", "PersistentVolumeClaim", namespace),
    client.list("discovery.k8s.io/v1", "EndpointSlice", namespace),
  ]);
  return {
    objects: new Map(found.flatMap(([name, object]) => (object === undefined ? [] : [[name, object]]))),
    pods,
    claims,
    endpoints: endpointsOf(slices),
    served: found.flatMap(([, object]) => versionsOf(object)),
  };
}

export const referenceTo = (manifest: Manifest, namespace: string): ObjectReference =>
  isClusterScoped(kindOf(manifest)) ? manifest : { ...manifest, metadata: { ...manifest.metadata, namespace: manifest.metadata.namespace ?? namespace } };

/** A kind that is not served has no objects; anything else that goes wrong is the run's to fail on. */
function notServed(cause: unknown): undefined {
  if (!(cause instanceof Error && cause.message.includes("is served"))) throw cause;
}

function endpointsOf(slices: readonly KubernetesObject[]): ReadonlyMap<string, readonly string[]> {
  const ready = slices.map((slice): [string, readonly string[]] => [
    slice.metadata.labels?.["kubernetes.io/service-name"] ?? "",
    listIn(slice, "endpoints").filter((it) => fieldOf(it, "conditions", "ready") === true).flatMap((it) => listIn(it, "addresses").map(String)),
  ]);
  return new Map(ready);
}

const versionsOf = (object: KubernetesObject | undefined): readonly string[] =>
  object?.kind === "CustomResourceDefinition" ? listIn(fieldOf(object, "spec"), "versions").filter((it) => fieldOf(it, "served") === true).map((it) => String(fieldOf(it, "name"))) : [];

function listIn(value: unknown, field: string): readonly unknown[] {
  const list = fieldOf(value, field);
  return Array.isArray(list) ? list : [];
}
