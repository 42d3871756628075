import type { RunningCluster } from "../cluster/start-cluster";
import { describeObject, fieldOf, type KubernetesObject } from "../kubernetes/object";

/** The UID of every object, by cluster, kind, namespace and name. */
export type Census = ReadonlyMap<string, string>;

/** Kinds that hold data, or whose deletion takes data along. */
const STATEFUL = [
  ["v1", "Namespace"],
  ["v1", "PersistentVolume"],
  ["v1", "PersistentVolumeClaim"],
  ["v1", "Secret"],
  ["apps/v1", "StatefulSet"],
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition"],
  ["external-secrets.io/v1", "ExternalSecret"],
] as const;

/** Kinds that come back as they were when they are made again. */
const REPLACEABLE = [
  ["v1", "ConfigMap"],
  ["v1", "Service"],
  ["v1", "ServiceAccount"],
  ["apps/v1", "Deployment"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
] as const;

/** Everything on some clusters that holds data. */
export const statefulObjects = (clusters: readonly RunningCluster[]): Promise<Census> => censusOf(clusters, STATEFUL);

/** What a namespace holds, workloads, their Services and settings included. */
export const objectsIn = (cluster: RunningCluster, namespace: string): Promise<Census> => censusOf([cluster], [...STATEFUL, ...REPLACEABLE], ({ metadata }) => metadata.namespace === namespace || metadata.name === namespace);

/** The volumes behind a namespace's claims, as a census names them. */
export async function volumesIn({ api, under }: RunningCluster, namespace: string): Promise<readonly string[]> {
  const volumes = await api.client.list("v1", "PersistentVolume");
  return volumes.filter((volume) => fieldOf(volume, "spec", "claimRef", "namespace") === namespace).map((volume) => `${under.name}: ${describeObject(volume)}`);
}

async function censusOf(clusters: readonly RunningCluster[], kinds: readonly (readonly [apiVersion: string, kind: string])[], counts: (object: KubernetesObject) => boolean = () => true): Promise<Census> {
  const lists = await Promise.all(
    clusters.flatMap(({ api, under }) =>
      kinds.map(async ([apiVersion, kind]) => {
        const objects = await api.client.list(apiVersion, kind);
        return objects.filter(counts).map((object) => [`${under.name}: ${describeObject(object)}`, object.metadata.uid ?? ""] as const);
      }),
    ),
  );
  return new Map(lists.flat());
}

/** What is gone, or was made anew, since a census; one that found nothing would miss nothing. */
export function lost(before: Census, after: Census): readonly string[] {
  if (before.size === 0) throw new Error("there was nothing to compare with");
  return [...before].filter(([name, uid]) => after.get(name) !== uid).map(([name]) => `${name} ${after.has(name) ? "was made anew" : "is gone"}`);
}

/** Losses that nobody has told of: `deleted` has the names of what a documented step has taken away. */
export const unexplained = (losses: readonly string[], deleted: readonly string[]): readonly string[] => losses.filter((loss) => !deleted.some((name) => loss.startsWith(`${name} `)));
