import type { Built } from "../model/built";
import type { Cluster } from "../model/cluster";
import type { Manifest } from "../model/manifest";
import type { World } from "../model/resolve";
import { accessFolder, accessOf } from "./access";
import { applicationSet, rootApplication } from "./application-set";
import type { Controller } from "./controller";
import { neverPruned } from "./guards";
import { clusterWideNamespace } from "./names";
import type { Permitted, PermittedOn } from "./permitted";
import { priorityClasses, priorityClassesFolder } from "./priority-classes";
import { clusterProject, emptyDefaultProject, rootProject } from "./project";
import { parameterFile, syncedFolders, type SyncedFolder } from "./synced-folder";

/** Objects of one folder, all on one cluster. */
export interface Folder {
  readonly cluster: string;
  /** The namespace of its objects, which their file names need not say. */
  readonly namespace: string;
  readonly manifests: readonly Manifest[];
}

/** What a cluster gets besides releases, or an Argo CD is pointed at. */
export interface ArgocdOutput {
  readonly folders: ReadonlyMap<string, Folder>;
  /** Plain values by path, one for each Application: see SyncedFolder. */
  readonly parameters: ReadonlyMap<string, SyncedFolder>;
}

/**
 * What a cluster gets besides its releases, and their parameter files.
 * @param built everything on the cluster, what is on its way out with all that it still owns: what is to be pruned must be permitted
 */
export function clusterOutput(controller: Controller, cluster: Cluster, world: World, permitted: Permitted, built: readonly Built[]): ArgocdOutput {
  const own = (name: string, manifests: readonly Manifest[]): readonly [string, Folder] => [
    `dist/${cluster.name}/${name}`,
    { cluster: cluster.name, namespace: clusterWideNamespace, manifests },
  ];
  return {
    folders: new Map([own(priorityClassesFolder, priorityClasses()), ...(controller.release ? [own(accessFolder, accessOf(controller, cluster, permitted, built))] : [])]),
    parameters: new Map(syncedFolders(controller, cluster, world).map(({ name, synced }) => [parameterFile(cluster, name), synced])),
  };
}

/** What an Argo CD is first pointed at: closed projects, one ApplicationSet for each cluster, and itself. */
export function controllerFolders(controller: Controller, world: World, permitted: PermittedOn): ReadonlyMap<string, Folder> {
  const { clusters, folder, release } = controller;
  const projects = clusters.map((cluster) => clusterProject(controller, cluster, permitted(cluster), syncedFolders(controller, cluster, world).map(({ synced }) => synced), world));
  const pointed = (name: string, manifests: readonly Manifest[]): readonly [string, Folder] => [
    `${folder}/${name}`,
    { cluster: controller.cluster.name, namespace: controller.namespace, manifests: manifests.map(neverPruned) },
  ];
  return new Map([
    pointed("projects", [rootProject(controller, world), ...(release ? [emptyDefaultProject(controller)] : []), ...projects]),
    pointed("applicationsets", clusters.map((cluster) => applicationSet(controller, cluster, world))),
    pointed("bootstrap", [rootApplication(controller, world)]),
  ]);
}
