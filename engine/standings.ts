import { controllersOf, type Controller } from "./argocd/controller";
import { forArgocd } from "./argocd/for-argocd";
import { permittedFor, type Permitted, type PermittedOn } from "./argocd/permitted";
import { withWatchedKinds } from "./argocd/watched";
import { buildCluster } from "./build/release";
import type { Built } from "./model/built";
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
 * Cluster by cluster; one that runs an Argo CD comes after all that it syncs, because that is told what it may watch there.
 * @param permitted is filled on the way
 */
export function* standings(world: World, permitted: Map<string, Permitted>): Generator<Standing> {
  const controllers = controllersOf(world);
  const controllerOf = new Map(controllers.flatMap((controller) => controller.clusters.map((cluster) => [cluster.name, controller] as const)));
  const running = new Set(controllers.map(({ cluster }) => cluster.name));
  const { clusters } = world.lab;
  for (const cluster of [...clusters.filter(({ name }) => !running.has(name)), ...clusters.filter(({ name }) => running.has(name))]) {
    const controller = controllerOf.get(cluster.name);
    if (!controller) throw new Error(`${cluster.name}: no Argo CD syncs it, and no finding said so`);
    const { built, leaving } = buildCluster(cluster, world);
    const prepared = [...built, ...leaving].map(forArgocd);
    permitted.set(cluster.name, permittedFor(prepared));
    const all = withWatchedKinds(prepared, controller.cluster === cluster ? controller : undefined, among(permitted));
    yield { cluster, controller, built: all.slice(0, built.length), leaving: all.slice(built.length), permitted: among(permitted)(cluster) };
  }
}

/** What is permitted on clusters that were built already. */
export const among = (permitted: ReadonlyMap<string, Permitted>): PermittedOn => ({ name }) => {
  const found = permitted.get(name);
  if (!found) throw new Error(`${name} was not built yet`);
  return found;
};
