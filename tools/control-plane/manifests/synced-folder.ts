import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { z } from "zod";
import type { Selection } from "./lab-output";

const parameters = z.looseObject({
  application: z.string(),
  folder: z.string(),
  repository: z.string(),
  revision: z.string(),
  include: z.string(),
});

/** A folder that becomes an Application, by its parameter file argocd/releases/<cluster>/<name>.yaml. */
export interface SyncedFolder extends z.infer<typeof parameters> {
  readonly cluster: string;
  readonly name: string;
  /** The parameter file, from the repository's root. */
  readonly file: string;
}

/** Every folder that the lab's Argo CD syncs. */
export function readSyncedFolders(root: string): readonly SyncedFolder[] {
  const top = path.join("argocd", "releases");
  const clusters = readdirSync(path.join(root, top)).sort();
  return clusters.flatMap((cluster) =>
    readdirSync(path.join(root, top, cluster))
      .sort()
      .map((name) => {
        const file = path.join(top, cluster, name);
        return { ...parameters.parse(load(readFileSync(path.join(root, file), "utf8"))), cluster, name: name.replace(/\.yaml$/, ""), file };
      }),
  );
}

/** Folders that every release of a cluster leans on: engine/argocd/synced-folder.ts. */
const SUPPORTING = /^(crds-.*|argocd-manager|priority-classes)$/;

/** Whether a folder belongs to the selected part; the hub's own Argo CD always does. */
export function isSyncedIn({ cluster, name }: SyncedFolder, selection: Selection, always: { readonly cluster: string; readonly name: string }): boolean {
  if (cluster === always.cluster && name === always.name) return true;
  if ((selection.cluster ?? cluster) !== cluster) return false;
  return selection.app === undefined || selection.app === name || SUPPORTING.test(name);
}
