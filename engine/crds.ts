import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImportedOperator } from "../imports/operators";
import { guarded } from "./argocd/guards";
import { layout } from "./emit/layout";
import { mergeTrees, type Tree } from "./emit/tree";
import type { Manifest } from "./model/manifest";
import type { World } from "./model/resolve";

/** The CRDs of every operator that the lab runs, once each: `dist/crds/<operator>/<version>/`. */
export function crdTree(world: World, operators: readonly ImportedOperator[], importsDir: string): Tree {
  const used = new Set(world.releases.flatMap((release) => release.app.crds));
  const generated = operators.filter((operator) => used.has(operator.name) && operator.source === undefined);
  return mergeTrees(
    generated.map(({ name, version, kinds }) => {
      const directory = `dist/crds/${name}/${version}`;
      const definitions = kinds.map(({ file }) => JSON.parse(readFileSync(join(importsDir, file), "utf8")) as Manifest);
      return { from: directory, tree: layout(directory, "", definitions.map((it) => guarded(it))) };
    }),
  );
}
