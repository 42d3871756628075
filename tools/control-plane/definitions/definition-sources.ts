import path from "node:path";
import { readManifests } from "../manifests/manifest";
import { sourceOf, type DefinitionSource } from "./definition-source";
import { standIns } from "./stand-in";

/** Where definitions that dist/ does not bring are looked for, the truest first. */
export function definitionSources(root: string): readonly DefinitionSource[] {
  // Upstream's own, descriptions stripped, may lie beside the project; it does not depend on them.
  const beside = readManifests(root, path.join("..", "shared", "crds"));
  const upstream = beside.map(({ object }) => object).filter(({ kind }) => kind === "CustomResourceDefinition");
  return [sourceOf("upstream's definition", upstream), sourceOf("a stand-in made from our own closed schema", standIns(path.join(root, "imports", "closed")))];
}
