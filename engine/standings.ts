import { controllersOf, type Controller } from "./argocd/controller";
import { forArgocd } from "./argocd/for-argocd";
import { permittedFor, type Permitted, type PermittedOn } from "./argocd/permitted";
import { withWatchedKinds } from "./argocd/watched";
import { buildCluster } from "./build/release";
import { anew, type BuildRelease, type Built } from "./model/built";
import type { Cluster } from "./model/cluster";
import type { World } from "./model/resolve";

/** Everything on one cluster as Argo CD should find it. */
export interface Standing {
  readonly cluster: Cluster;
  readonly controller: Controller;
  readonly built: readonly Built[];
  /** On their way out, with all that they still own. */
  readonly leaving: readonly Built[];
  readonly permitted: Permitted;
}

/**
 * Cluster by cluster, in the order of {@link inBuildOrder}: an Argo CD is told what it may watch on the clusters that it syncs.
 * @param permitted is filled on the way
 */
export function* standings(world: World, permitted: Map<string, Permitted>): Generator<Standing> {
  for (const { cluster, controller } of inBuildOrder(world)) yield standingOn(cluster, controller, world, permitted, among(permitted));
}

/** A cluster that runs an Argo CD comes after all that it syncs. */
export function inBuildOrder(world: World): readonly { readonly cluster: Cluster; readonly controller: Controller }[] {
  const controllers = controllersOf(world);
  const controllerOf = new Map(controllers.flatMap((controller) => controller.clusters.map((cluster) => [cluster.name, controller] as const)));
  const running = new Set(controllers.map(({ cluster }) => cluster.name));
  const { clusters } = world.lab;
  return [...clusters.filter(({ name }) => !running.has(name)), ...clusters.filter(({ name }) => running.has(name))].map((cluster) => {
    const controller = controllerOf.get(cluster.name);
    if (!controller) throw new Error(`${cluster.name}: no Argo CD syncs it, and no finding said so`);
    return { cluster, controller };
  });
}

/**
 * @param permitted is told what is permitted on this cluster
 * @param permittedOn what is permitted on this one and on those before it
 * @param known builds a release as Argo CD should find it, where it is not known
 */
export function standingOn(cluster: Cluster, controller: Controller, world: World, permitted: Map<string, Permitted>, permittedOn: PermittedOn, known: BuildRelease = anew): Standing {
  const { built, leaving } = buildCluster(cluster, world, (release, from, build) => known(release, from, () => forArgocd(build())));
  const prepared = [...built, ...leaving.map(forArgocd)];
  permitted.set(cluster.name, permittedFor(prepared));
  const all = withWatchedKinds(prepared, controller.cluster === cluster ? controller : undefined, permittedOn);
  return { cluster, controller, built: all.slice(0, built.length), leaving: all.slice(built.length), permitted: permittedOn(cluster) };
}

/** What is permitted on clusters that were built already. */
export const among = (permitted: ReadonlyMap<string, Permitted>): PermittedOn => ({ name }) => {
  const found = permitted.get(name);
  if (!found) throw new Error(`${name} was not built yet`);
  return found;
};
