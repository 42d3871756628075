import type { Cluster } from "../model/cluster";
import { podTemplateOf } from "../model/pod-template";
import type { Built } from "../model/built";
import type { Release } from "../model/release";
import type { World } from "../model/resolve";

/** An Argo CD and the clusters that it syncs. */
export interface Controller {
  /** Where it runs; this cluster it reaches from inside. */
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly clusters: readonly Cluster[];
  /** Where it is ours. Of one that is not, only objects that we name are touched. */
  readonly release?: Release;
  /** The folder with what it is first pointed at. */
  readonly folder: string;
  /** What its objects' names begin with: nothing where nobody else makes any. */
  readonly prefix: string;
}

/** Whether a release is an Argo CD: it answers for one. */
export const runsArgoCd = (release: Release): boolean => Object.values(release.needs.exposes ?? {}).some((endpoint) => [endpoint.speaks].flat().includes("argocd"));

export const argoCdsOn = (cluster: Cluster, world: World): readonly Release[] => world.releasesOn(cluster).filter(runsArgoCd);

/** Every Argo CD that syncs clusters of the lab. One that a finding misses is left out. */
export function controllersOf(world: World): readonly Controller[] {
  const { gitops, clusters, name } = world.lab;
  switch (gitops.mode) {
    case "hub":
      return clusters.filter((cluster) => cluster.name === gitops.hub).flatMap((cluster) => ours(cluster, clusters, world, "argocd"));
    case "perCluster":
      return clusters.flatMap((cluster) => ours(cluster, [cluster], world, `argocd/clusters/${cluster.name}`));
    case "existing":
      return clusters
        .filter((cluster) => cluster.name === gitops.hub)
        .map((cluster) => ({ cluster, namespace: gitops.namespace, clusters, folder: "argocd", prefix: `${name}-` }));
  }
}

const ours = (cluster: Cluster, clusters: readonly Cluster[], world: World, folder: string): readonly Controller[] =>
  argoCdsOn(cluster, world).slice(0, 1).map((release) => ({ cluster, namespace: release.namespace, clusters, release, folder, prefix: "" }));

/** A ServiceAccount that must be able to sync a cluster. */
export interface Subject {
  readonly namespace: string;
  readonly name: string;
}

/** The account under which a component of Argo CD's release runs, as it was built. */
export function accountOf(controller: Controller, component: string, built: readonly Built[]): Subject | undefined {
  const manifests = built.find(({ release }) => release.address === controller.release?.address)?.manifests ?? [];
  const template = manifests.map(podTemplateOf).find((it) => it?.metadata?.labels?.["app.kubernetes.io/component"] === component);
  const name = template?.spec.serviceAccountName;
  return name === undefined ? undefined : { namespace: controller.namespace, name };
}
