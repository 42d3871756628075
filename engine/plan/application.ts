import type { SyncedFolder } from "../argocd/synced-folder";
import { identityOf, type Committed, type Side } from "./side";

/** What Argo CD syncs as one: a folder of a cluster, or what it is itself pointed at. */
export interface Application {
  /** `forge/ollama`, as the owner knows it; `argocd` for Argo CD's own. */
  readonly address: string;
  /** Empty for Argo CD's own, which stand on the hub. */
  readonly cluster: string;
  /** Its name in Argo CD. */
  readonly name: string;
  readonly folder: string;
  readonly namespace: string;
  /** Whether what leaves the folder is deleted. */
  readonly prune: boolean;
  /** By identity. An Application whose folder stands in another repository has none here. */
  readonly objects: ReadonlyMap<string, Committed>;
  /** Its parameter file's values. */
  readonly parameters: SyncedFolder | undefined;
}

const parameterFiles = /^argocd\/releases\/([^/]+)\/([^/]+)\.yaml$/;
const ownFolders = /^(argocd(?:\/clusters\/[^/]+)?)\/(?:applicationsets|bootstrap|projects)\//;

/** Every Application of one side, by its address. */
export function applicationsOf(side: Side): ReadonlyMap<string, Application> {
  const folders = new Set([...side.tree.keys()].flatMap((path) => ownFolders.exec(path)?.[1] ?? []));
  const synced = [...side.tree.keys()].flatMap((path) => {
    const [, cluster = "", name = ""] = parameterFiles.exec(path) ?? [];
    return cluster === "" ? [] : [released(side, path, cluster, name)];
  });
  return new Map([...synced, ...[...folders].map((folder) => pointedAt(side, folder))].map((it) => [it.address, it]));
}

function released(side: Side, path: string, cluster: string, name: string): Application {
  const parameters = side.value(path) as SyncedFolder;
  const { application, folder, namespace, prune, include, exclude, repository } = parameters;
  const isSynced = (file: string): boolean => (include === "" || matches(include, file)) && (exclude === "" || !matches(exclude, file));
  const objects = repository === "" ? side.objectsIn(folder).filter(({ path: file }) => isSynced(file.slice(folder.length + 1))) : [];
  return { address: `${cluster}/${name}`, cluster, name: application, folder, namespace, prune, parameters, objects: byIdentity(objects, namespace) };
}

/** The root Application: it prunes nothing (engine/argocd/application-set.ts). */
function pointedAt(side: Side, folder: string): Application {
  const objects = ["applicationsets", "bootstrap", "projects"].flatMap((part) => side.objectsIn(`${folder}/${part}`));
  const namespace = objects[0]?.manifest.metadata.namespace ?? "argocd";
  return { address: folder, cluster: "", name: "argocd", folder, namespace, prune: false, parameters: undefined, objects: byIdentity(objects, namespace) };
}

const byIdentity = (objects: readonly Committed[], namespace: string): ReadonlyMap<string, Committed> => new Map(objects.map((it) => [identityOf(it.manifest, namespace), it]));

/** Argo CD's `directory.include` and `exclude`: `*` and `{one,other}` (gobwas/glob, as its repository server uses it). */
function matches(pattern: string, file: string): boolean {
  const source = pattern.replace(/[.+^$()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replace(/\{([^}]*)\}/g, (_, choices: string) => `(?:${choices.replaceAll(",", "|")})`);
  return new RegExp(`^${source}$`).test(file);
}
