import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { accessFolder } from "./argocd/access";
import type { Output } from "./emit/tree";
import { error, type Finding } from "./model/finding";
import type { Lab } from "./model/lab";

/**
 * Folders under `dist/` that a synth would drop although the lab neither places nor retires what they hold. Removing a line
 * from a cluster, or a cluster from the lab, must delete nothing by itself: not a file, and so not an Application's objects.
 */
export function droppedFolders(root: string, { tree, standing }: Output, lab: Lab): readonly Finding[] {
  const written = new Set([...standing.keys(), ...tree.keys()].flatMap((path) => /^dist\/[^/]+\/[^/]+/.exec(path)?.[0] ?? []));
  const folders = directoriesIn(join(root, "dist")).filter((name) => name !== "crds");
  return folders.flatMap((name) => {
    const dropped = directoriesIn(join(root, "dist", name)).filter((folder) => !written.has(`dist/${name}/${folder}`));
    const cluster = lab.clusters.find((it) => it.name === name);
    if (cluster === undefined) return dropped.length === 0 || lab.retired?.some((it) => it.name === name) ? [] : [droppedCluster(name, dropped.length)];
    const orphaned = new Set((cluster.retired ?? []).map((it) => it.placement.name));
    // By which Argo CD came in is the engine's own, and goes when another Argo CD syncs the cluster.
    return dropped.filter((folder) => folder !== accessFolder && !orphaned.has(folder)).map((folder) => droppedRelease(name, folder));
  });
}

const droppedRelease = (cluster: string, name: string): Finding =>
  error({
    rule: "release-retired",
    address: `${cluster}/${name}`,
    found: `dist/${cluster}/${name}, and the lab neither places nor retires ${cluster}/${name}`,
    expected: "a placement, or a `retired` entry that says what happens to the app and to its data",
    fix: `Add retire(place(…), { because, app, data }) to the cluster's \`retired\`, or place it again`,
  });

const droppedCluster = (name: string, folders: number): Finding =>
  error({
    rule: "cluster-retired",
    address: name,
    found: `dist/${name} with ${folders} ${folders === 1 ? "folder" : "folders"}, and the lab neither has nor retires a cluster ${name}`,
    expected: "it among `clusters`, or a `retired` entry of the lab that says why it is gone",
    fix: `Add { name: "${name}", because } to the lab's \`retired\`: its folders leave git, and nothing that runs there is deleted (docs/recovery.md)`,
  });

const directoriesIn = (path: string): readonly string[] =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name) : [];
