import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImportedOperator } from "../imports/operators";
import { guarded } from "./argocd/guards";
import { fileNameOf } from "./emit/file-name";
import { HEADER } from "./emit/header";
import { canonical } from "./emit/key-order";
import { mergeTrees, type Output, type Tree } from "./emit/tree";
import { toYaml } from "./emit/yaml";
import { askedOperators } from "./kinds/asked-operators";
import type { Past } from "./memory/past";
import type { Manifest } from "./model/manifest";
import type { World } from "./model/resolve";

/** The CRDs of every operator that the lab runs, once each: `dist/crds/<operator>/<version>/`. */
export function crdTree(world: World, importsDir: string, past: Pick<Past, "always">): Output {
  const operators = generatedFor(world);
  const read = (): Tree =>
    mergeTrees(
      operators.map(({ kinds, ...operator }) => {
        const directory = folderOf(operator);
        const files = kinds.map(({ plural, group, file }): [string, string] => [`${directory}/${crdFileName(`${plural}.${group}`)}`, `${HEADER}\n${readFileSync(join(importsDir, textFileOf(file)), "utf8")}`]);
        return { from: directory, tree: new Map(files) };
      }),
    ).tree;
  return past.always("crds", operators.map(folderOf), read);
}

/** The same as objects, by the folder in which they stand. */
export const crdFolders = (world: World, importsDir: string): readonly (readonly [folder: string, definitions: readonly Manifest[]])[] =>
  generatedFor(world).map((operator) => [folderOf(operator), operator.kinds.map(({ file }) => guarded(JSON.parse(readFileSync(join(importsDir, file), "utf8")) as Manifest))]);

const folderOf = ({ name, version }: Pick<ImportedOperator, "name" | "version">): string => `dist/crds/${name}/${version}`;

/** The operators that the lab runs and whose CRDs are ours to bring. */
const generatedFor = ({ releases }: World): readonly ImportedOperator[] => askedOperators(releases).filter(({ source }) => source === undefined);

const crdFileName = (name: string): string => fileNameOf({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name } }, "");

/**
 * A CRD as it is synced. No lab changes any of it, and there are megabytes: `npm run import` writes it down beside the JSON
 * that objects are checked with.
 */
export const crdText = (definition: Manifest): string => toYaml(guarded(definition), canonical);

/** The file of {@link crdText}, beside the one of the definition. */
export const textFileOf = (file: string): string => file.replace(/\.json$/, ".yaml");
