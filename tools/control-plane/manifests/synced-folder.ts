import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { z } from "zod";
import type { StartEdge } from "../../../engine/model/start-order";
import { UserError } from "../user-error";
import { isSelected, type ReleaseOutput, type Selection } from "./lab-output";
import { withWhatTheyLeanOn } from "./leaning";

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

/** The folders of the selected part: with what its releases lean on, and always the hub's own Argo CD, which docs/bootstrap.md gives what it needs. */
export function selectedFolders(folders: readonly SyncedFolder[], releases: readonly ReleaseOutput[], selection: Selection, always: ReleaseOutput, edges: readonly StartEdge[]): readonly SyncedFolder[] {
  const selected = releases.filter((release) => isSelected(release, selection));
  if (selected.length === 0) throw new UserError(`The lab has no release ${selection.app ?? ""}${selection.cluster === undefined ? "" : ` on ${selection.cluster}`}.`);
  const part = withWhatTheyLeanOn(selected, releases, edges);
  const needed = new Set([...part, always].map(({ cluster, app }) => `dist/${cluster}/${app}`));
  const clusters = new Set(part.map(({ cluster }) => cluster));
  return folders.filter(({ cluster, name, folder }) => needed.has(folder) || (SUPPORTING.test(name) && clusters.has(cluster)));
}
