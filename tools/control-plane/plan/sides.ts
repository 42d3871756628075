import { Application, ApplicationSet } from "../../../imports/argo-cd";
import type { SyncedFolder } from "../../../engine/argocd/synced-folder";
import { HEADER } from "../../../engine/emit/header";
import { layout } from "../../../engine/emit/layout";
import { toYaml } from "../../../engine/emit/yaml";
import type { Tree } from "../../../engine/emit/tree";
import type { Manifest } from "../../../engine/model/manifest";
import { planOf, type Plan } from "../../../engine/plan/plan";
import { sideOf } from "../../../engine/plan/side";
import { namespaceName } from "./objects";

/** Releases of one side: their objects by address. */
export type Releases = Readonly<Record<string, readonly Manifest[]>>;

/** How a side differs from what synth writes for such releases. */
export interface SideOptions {
  /** Parameters that are said otherwise, by address. */
  readonly parameters?: Readonly<Record<string, Partial<SyncedFolder>>>;
  readonly applicationSet?: Manifest;
  /** More files: Terraform's, machines'. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The ApplicationSet of the cluster "one", with the guards that engine/argocd/application-set.ts gives it. */
export const guardedSet: Manifest = ApplicationSet.manifest({
  metadata: { name: "one", namespace: "argocd" },
  spec: {
    generators: [{ git: { repoUrl: "https://git.example/lab.git", revision: "main", files: [{ path: "argocd/releases/one/*.yaml" }] } }],
    syncPolicy: { preserveResourcesOnDeletion: true, applicationsSync: "create-update" as never },
    template: {
      metadata: { name: "{{ .application }}" },
      spec: { project: "one", source: { repoUrl: "https://git.example/lab.git", targetRevision: "main", path: "{{ .folder }}" }, destination: { server: "https://kubernetes.default.svc" }, syncPolicy: { automated: { prune: true, selfHeal: true } } },
    },
  },
});

const root: Manifest = Application.manifest({ metadata: { name: "argocd", namespace: "argocd" }, spec: { project: "argocd", destination: { server: "https://kubernetes.default.svc" } } });

/** Generated files as synth lays them out: one folder and one parameter file for each release of the cluster "one". */
export function treeOf(releases: Releases, { parameters = {}, applicationSet = guardedSet, files = {} }: SideOptions = {}): Tree {
  const trees = Object.entries(releases).map(([address, manifests]) => layout(`dist/${address}`, namespaceName, manifests));
  const parameterFiles = Object.keys(releases).map((address): [string, string] => {
    const value: SyncedFolder = { application: address.replace("/", "-"), repository: "", revision: "", include: "", exclude: "", namespace: namespaceName, folder: `dist/${address}`, prune: true, exclusive: true, manager: "", ...parameters[address] };
    return [`argocd/releases/${address}.yaml`, `${HEADER}\n${toYaml(value)}`];
  });
  const own = [...layout("argocd/applicationsets", "argocd", [applicationSet]), ...layout("argocd/bootstrap", "argocd", [root])];
  return new Map([...trees.flatMap((tree) => [...tree]), ...parameterFiles, ...own, ...Object.entries(files)]);
}

/** The plan of one release's change on the cluster "one". */
export const planOfRelease = (before: readonly Manifest[], after: readonly Manifest[]): Plan => planOf(sideOf(treeOf({ "one/web": before })), sideOf(treeOf({ "one/web": after })));
