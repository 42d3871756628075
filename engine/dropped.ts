import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Content, Tree } from "./emit/tree";
import { error, type Finding } from "./model/finding";
import type { Lab } from "./model/lab";

/**
 * Folders under `dist/` that a synth would drop although the lab neither places nor retires what they hold. Removing a line
 * from a cluster must delete nothing by itself: not a file, and so not an Application's objects.
 */
export function droppedFolders(root: string, tree: Tree<Content>, lab: Lab): readonly Finding[] {
  const written = new Set([...tree.keys()].flatMap((path) => /^dist\/[^/]+\/[^/]+/.exec(path)?.[0] ?? []));
  const orphaned = new Set(lab.clusters.flatMap((cluster) => (cluster.retired ?? []).map((it) => `dist/${cluster.name}/${it.placement.name}`)));
  const standing = directoriesIn(join(root, "dist")).filter((name) => name !== "crds");
  return standing
    .flatMap((cluster) => directoriesIn(join(root, "dist", cluster)).map((name) => ({ path: `dist/${cluster}/${name}`, address: `${cluster}/${name}` })))
    .filter(({ path }) => !written.has(path) && !orphaned.has(path))
    .map(({ path, address }) =>
      error({
        rule: "release-retired",
        address,
        found: `${path}, and the lab neither places nor retires ${address}`,
        expected: "a placement, or a `retired` entry that says what happens to the app and to its data",
        fix: `Add retire(place(…), { because, app, data }) to the cluster's \`retired\`, or place it again`,
      }),
    );
}

const directoriesIn = (path: string): readonly string[] =>
  existsSync(path) ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name) : [];
