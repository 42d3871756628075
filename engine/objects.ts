import { controllersOf } from "./argocd/controller";
import { clusterOutput, controllerFolders } from "./argocd/output";
import type { Permitted } from "./argocd/permitted";
import { retiring } from "./build/retiring";
import { crdFolders } from "./crds";
import type { Manifest } from "./model/manifest";
import type { World } from "./model/resolve";
import { among, standings } from "./standings";

/**
 * Every object that a lab comes to, by the folder in which it stands: releases, what their clusters get besides, what Argo CD is
 * pointed at, and CRDs. Nothing is checked: the lab must have passed its checks.
 * @param importsDir the `imports` folder of the engine's own package
 */
export function objectsOf(world: World, importsDir: string): ReadonlyMap<string, readonly Manifest[]> {
  const permitted = new Map<string, Permitted>();
  const ofClusters = [...standings(world, permitted)].flatMap(({ cluster, controller, built, leaving, permitted: here }) => [
    ...[...built, ...leaving.map(retiring)].map(({ release, manifests }) => [`dist/${release.address}`, manifests] as const),
    ...manifestsOf(clusterOutput(controller, cluster, world, here, [...built, ...leaving]).folders),
  ]);
  const shared = controllersOf(world).flatMap((controller) => manifestsOf(controllerFolders(controller, world, among(permitted))));
  return new Map([...ofClusters, ...shared, ...crdFolders(world, importsDir)]);
}

const manifestsOf = (folders: ReadonlyMap<string, { readonly manifests: readonly Manifest[] }>) => [...folders].map(([folder, { manifests }]) => [folder, manifests] as const);
