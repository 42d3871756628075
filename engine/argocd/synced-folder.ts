import { askedOperators } from "../kinds/asked-operators";
import type { Cluster } from "../model/cluster";
import type { World } from "../model/resolve";
import { accessFolder } from "./access";
import { applicationName, clusterWideNamespace } from "./names";
import type { Controller } from "./controller";
import { priorityClassesFolder } from "./priority-classes";

/**
 * A folder in git that becomes an Application: one parameter file each, so that the ApplicationSet itself never changes.
 * A key may not be called `path`, which the git generator sets itself.
 */
export interface SyncedFolder {
  readonly application: string;
  readonly namespace: string;
  readonly folder: string;
  /** Where the folder is not in the lab's own repository at the cluster's own revision. */
  readonly repository: string;
  readonly revision: string;
  /** Patterns of file names, as Argo CD's `directory.include` and `exclude` take them. */
  readonly include: string;
  readonly exclude: string;
  /** Otherwise both guards hold for everything in it, also for what an operator's own repository brings without them. */
  readonly prune: boolean;
  /** The sync fails rather than take an object from another Application. */
  readonly exclusive: boolean;
  /** The field manager whose fields become Argo CD's own; where it is empty, that of `kubectl apply`. */
  readonly manager: string;
}

/** Where a release's parameter file stands. */
export const parameterFile = (cluster: Cluster, name: string): string => `argocd/releases/${cluster.name}/${name}.yaml`;

/** A folder with the name of its parameter file, which is its Application's on the cluster. */
export interface NamedFolder {
  readonly name: string;
  readonly synced: SyncedFolder;
}

/** Everything that a cluster syncs. */
export function syncedFolders(controller: Controller, cluster: Cluster, world: World): readonly NamedFolder[] {
  const here = { repository: "", revision: "", include: "", exclude: "", manager: "" };
  const entry = (name: string, rest: Omit<SyncedFolder, "application">): NamedFolder => ({ name, synced: { application: applicationName(controller, cluster, name), ...rest } });
  const deleted = world.retired.filter((release) => release.retired?.app === "delete" && release.cluster.name === cluster.name);
  const releases = [...world.releasesOn(cluster), ...deleted]
    // What is adopted may still carry the mark of the Application that made it.
    .map((release) => entry(release.name, { ...here, namespace: release.namespace, folder: `dist/${release.address}`, prune: true, exclusive: release.placement.adopt === undefined, manager: release.placement.adopt?.writtenBy ?? "" }));
  const definitions = askedOperators(world.releasesOn(cluster)).map(({ name, version, source }) =>
    entry(`crds-${name}`, {
      ...here,
      namespace: clusterWideNamespace,
      folder: source?.path ?? `dist/crds/${name}/${version}`,
      ...(source ? { repository: source.repoURL, revision: source.targetRevision, include: source.include } : {}),
      prune: false,
      exclusive: controller.release !== undefined,
    }),
  );
  const own = [...(controller.release ? [accessFolder] : []), priorityClassesFolder].map((name) =>
    entry(name, { ...here, namespace: clusterWideNamespace, folder: `dist/${cluster.name}/${name}`, exclude: "secret.*", prune: false, exclusive: false }),
  );
  return [...definitions, ...own, ...releases];
}
