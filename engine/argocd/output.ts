import type { Built } from "../model/built";
import type { Finding } from "../model/finding";
import type { Manifest } from "../model/manifest";
import type { World } from "../model/resolve";
import { accessFolder, accessOf } from "./access";
import { applicationSet, rootApplication } from "./application-set";
import { controllersOf, type Controller } from "./controller";
import { argocdFindings } from "./findings";
import { neverPruned } from "./guards";
import { clusterWideNamespace } from "./names";
import { permittedOn } from "./permitted";
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

/** What Argo CD is pointed at, and what clusters get besides releases. */
export interface ArgocdOutput {
  readonly folders: ReadonlyMap<string, Folder>;
  /** Plain values by path, one for each Application: see SyncedFolder. */
  readonly parameters: ReadonlyMap<string, SyncedFolder>;
  readonly findings: readonly Finding[];
}

/**
 * @param built Every release, those on their way out with all that they still own: what is to be pruned must be permitted.
 */
export function argocdOutput(world: World, built: readonly Built[]): ArgocdOutput {
  const findings = argocdFindings(world, built);
  if (findings.length) return { folders: new Map(), parameters: new Map(), findings };
  const controllers = controllersOf(world);
  return {
    folders: new Map(controllers.flatMap((controller) => foldersOf(controller, world, built))),
    parameters: new Map(
      controllers.flatMap((controller) =>
        controller.clusters.flatMap((cluster) => syncedFolders(controller, cluster, world).map(({ name, synced }) => [parameterFile(cluster, name), synced] as const)),
      ),
    ),
    findings,
  };
}

function foldersOf(controller: Controller, world: World, built: readonly Built[]): readonly (readonly [string, Folder])[] {
  const { clusters, folder, release } = controller;
  const permitted = new Map(clusters.map((cluster) => [cluster, permittedOn(cluster, built)]));
  const projects = [...permitted].map(([cluster, it]) => clusterProject(controller, cluster, it, syncedFolders(controller, cluster, world).map(({ synced }) => synced), world));
  const pointed = (name: string, manifests: readonly Manifest[]): readonly [string, Folder] => [
    `${folder}/${name}`,
    { cluster: controller.cluster.name, namespace: controller.namespace, manifests: manifests.map(neverPruned) },
  ];
  return [
    pointed("projects", [rootProject(controller, world), ...(release ? [emptyDefaultProject(controller)] : []), ...projects]),
    pointed("applicationsets", clusters.map((cluster) => applicationSet(controller, cluster, world))),
    pointed("bootstrap", [rootApplication(controller, world)]),
    ...[...permitted].flatMap(([cluster, it]): readonly (readonly [string, Folder])[] => {
      const own = (name: string, manifests: readonly Manifest[]) => [`dist/${cluster.name}/${name}`, { cluster: cluster.name, namespace: clusterWideNamespace, manifests }] as const;
      return [own(priorityClassesFolder, priorityClasses()), ...(release ? [own(accessFolder, accessOf(controller, cluster, it, built))] : [])];
    }),
  ];
}
