import { AppProject } from "../../imports/argo-cd";
import type { Cluster } from "../model/cluster";
import type { Manifest } from "../model/manifest";
import type { World } from "../model/resolve";
import type { Controller } from "./controller";
import { distinctKinds, isClusterScoped, type Kind } from "../kinds/kind";
import { clusterObjectName, destinationOf, inClusterServer, rootName } from "./names";
import type { Permitted } from "./permitted";
import type { SyncedFolder } from "./synced-folder";

/** Closes a cluster's Applications to the repositories, the namespaces and the kinds that they use there. */
export function clusterProject(controller: Controller, cluster: Cluster, permitted: Permitted, folders: readonly SyncedFolder[], world: World): Manifest {
  const kinds = distinctKinds([...permitted.written, ...permitted.shown]);
  return AppProject.manifest({
    metadata: { name: clusterObjectName(controller, cluster), namespace: controller.namespace },
    spec: {
      description: `What runs on ${cluster.name}: ${cluster.role}`,
      sourceRepos: [...new Set([world.lab.gitops.repository, ...folders.flatMap(({ repository }) => repository || [])])].sort(),
      destinations: permitted.namespaces.map((namespace) => ({ ...destinationOf(controller, cluster), namespace })),
      clusterResourceWhitelist: kinds.filter(isClusterScoped).map(asItem),
      namespaceResourceWhitelist: kinds.filter((kind) => !isClusterScoped(kind)).map(asItem),
    },
  });
}

const asItem = ({ group, kind }: Kind): { group: string; kind: string } => ({ group, kind });

/** Closes the root Application to Argo CD's own objects in its own namespace. */
export const rootProject = (controller: Controller, world: World): Manifest =>
  AppProject.manifest({
    metadata: { name: rootName(controller), namespace: controller.namespace },
    spec: {
      description: "What Argo CD is pointed at",
      sourceRepos: [world.lab.gitops.repository],
      destinations: [{ server: inClusterServer, namespace: controller.namespace }],
      namespaceResourceWhitelist: ["AppProject", "Application", "ApplicationSet"].map((kind) => ({ group: "argoproj.io", kind })),
    },
  });

/** The project that exists in every Argo CD and allows everything, emptied: an Application without a project of ours can do nothing. */
export const emptyDefaultProject = (controller: Controller): Manifest =>
  AppProject.manifest({
    metadata: { name: "default", namespace: controller.namespace },
    spec: {
      description: "Empty: every Application has a project of its cluster",
      sourceRepos: [],
      destinations: [],
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: [{ group: "*", kind: "*" }],
    },
  });
