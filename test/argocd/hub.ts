import { image } from "../../engine/model/image";
import { place } from "../../engine/model/placement";
import type { Placement } from "../../engine/model/placement";
import type { World } from "../../engine/model/resolve";
import type { Gitops } from "../../engine/model/lab";
import { controllersOf } from "../../engine/argocd/controller";
import { clusterOutput, controllerFolders, type ArgocdOutput } from "../../engine/argocd/output";
import type { Permitted } from "../../engine/argocd/permitted";
import type { Built } from "../../engine/model/built";
import type { Cluster } from "../../engine/model/cluster";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { Account } from "../../engine/workload/account";
import { ConfigFiles } from "../../engine/workload/config-files";
import { Workload } from "../../engine/workload/workload";
import { among, standings } from "../../engine/standings";
import { appOf, clusterOf, worldOf } from "../lab-of";

/** As much of an Argo CD as the engine looks at. */
export const smallArgoCd = appOf({
  name: "argo-cd",
  crds: ["argo-cd"],
  needs: { exposes: { ui: { port: 8080, scheme: "http", reach: "cluster", component: "server", speaks: "argocd" } } },
  build: (chart) => {
    new ConfigFiles(chart, "cm", {}, { name: "argocd-cm" });
    for (const component of ["application-controller", "server"])
      new Workload(chart, component, { image: image("quay.io/argoproj/argocd", "v1"), resources: { cpu: "1", memory: "1Gi" }, account: new Account(chart, component) });
  },
});

export const argoCd = place(smallArgoCd, { as: "argocd" });

/** A lab whose cluster "hub" syncs itself and the spoke "one", with these releases on the spoke. */
export const hubAndSpoke = (runs: readonly Placement[], spoke: Partial<Cluster> = {}): World =>
  worldOf({
    gitops: { repository: "https://git.test.example/lab.git", branch: "main", mode: "hub", hub: "hub" },
    clusters: [clusterOf({ name: "hub", runs: [argoCd] }), clusterOf({ runs, ...spoke })],
  });

/** The same two clusters, synced in another way. */
export const syncedBy = (gitops: { readonly mode: Gitops["mode"] } & Partial<Gitops>, runsOnHub: readonly Placement[], runs: readonly Placement[] = []): World =>
  worldOf({
    gitops: { repository: "https://git.test.example/lab.git", branch: "main", ...gitops } as Gitops,
    clusters: [clusterOf({ name: "hub", runs: runsOnHub }), clusterOf({ runs })],
  });

export interface Synced extends ArgocdOutput {
  readonly built: readonly Built[];
}

/** A world as Argo CD gets it. */
export function syncedFrom(world: World): Synced {
  const permitted = new Map<string, Permitted>();
  const all = [...standings(world, permitted)];
  const outputs = all.map((it) => clusterOutput(it.controller, it.cluster, world, it.permitted, [...it.built, ...it.leaving]));
  const pointedAt = controllersOf(world).flatMap((controller) => [...controllerFolders(controller, world, among(permitted))]);
  return {
    built: all.flatMap(({ built }) => built),
    folders: new Map([...pointedAt, ...outputs.flatMap(({ folders }) => [...folders])]),
    parameters: new Map(outputs.flatMap(({ parameters }) => [...parameters])),
  };
}

/** An object that Argo CD is pointed at, by kind and name. */
export function pointed(output: ArgocdOutput, kind: string, name: string): Manifest {
  const found = [...output.folders.values()].flatMap(({ manifests }) => manifests).find((it) => it.kind === kind && it.metadata.name === name);
  if (!found) throw new Error(`no ${kind} called ${name}`);
  return found;
}

/** A release's object, as it is written. */
export function objectOf(synced: Synced, address: string, kind: string): Manifest {
  const found = synced.built.find(({ release }) => release.address === address)?.manifests.find((it) => it.kind === kind);
  if (!found) throw new Error(`${address} has no ${kind}`);
  return found;
}

export const syncOptions = (manifest: Manifest): readonly string[] => manifest.metadata.annotations?.["argocd.argoproj.io/sync-options"]?.split(",") ?? [];

/** A list of a manifest's, or none. */
export function listOf(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const list = fieldOf(value, ...path);
  return Array.isArray(list) ? list : [];
}
