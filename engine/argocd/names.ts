import type { Cluster } from "../model/cluster";
import type { Controller } from "./controller";

/** The Application of one folder of a cluster. */
export const applicationName = (controller: Controller, cluster: Cluster, name: string): string => `${controller.prefix}${cluster.name}-${name}`;

/** A cluster's ApplicationSet and its AppProject. */
export const clusterObjectName = (controller: Controller, cluster: Cluster): string => `${controller.prefix}${cluster.name}`;

/** The Application that keeps what Argo CD is pointed at in step with git, and its AppProject. */
export const rootName = (controller: Controller): string => `${controller.prefix}argocd`;

/** How Argo CD names the API server of the cluster that it runs on. */
export const inClusterServer = "https://kubernetes.default.svc";

/** Where an Application of the cluster goes. A spoke is known by the name in its cluster Secret. */
export const destinationOf = (controller: Controller, cluster: Cluster): { readonly server: string } | { readonly name: string } =>
  cluster.name === controller.cluster.name ? { server: inClusterServer } : { name: cluster.name };

/** The namespace of Applications whose objects belong to none, or name their own. */
export const clusterWideNamespace = "argocd-manager";
