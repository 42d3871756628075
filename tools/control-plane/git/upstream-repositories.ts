import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ImportedOperator } from "../../../imports/operators";
import type { DefinitionSource } from "../definitions/definition-source";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import { createRepository, tag } from "./repository";

/** A repository of an operator's own that Argo CD syncs definitions from, as the run serves it. */
export interface UpstreamRepository {
  readonly url: string;
  /** Where its definitions came from, for the report. */
  readonly sources: readonly string[];
}

/**
 * Serves, in place of the operators' own repositories, ones that hold their definitions at the same tag and path.
 * Throws where a kind's definition is nowhere to be had.
 */
export function createUpstreamRepositories(serverRoot: string, workTrees: string, operators: readonly ImportedOperator[], definitions: readonly DefinitionSource[]): readonly UpstreamRepository[] {
  return operators.flatMap(({ name, source, kinds }) => {
    if (source === undefined) return [];
    const found = kinds.map(({ group, versions, kind }) => definitionOf(`${group}/${versions[0] ?? ""}`, kind, definitions));
    const repository = createRepository(serverRoot, path.join(workTrees, name), source.repoURL, "main");
    const folder = path.join(repository.workTree, source.path);
    mkdirSync(folder, { recursive: true });
    const files = filesFor(source.include, found.map(({ definition }) => definition));
    for (const [file, contents] of files) writeFileSync(path.join(folder, file), contents);
    // kubectl apply -k, which the bootstrap says for definitions that must be there before Argo CD is.
    writeFileSync(path.join(folder, "kustomization.yaml"), JSON.stringify({ resources: files.map(([file]) => file) }));
    repository.commit(source.targetRevision);
    tag(repository, source.targetRevision);
    return [{ url: source.repoURL, sources: [...new Set(found.map((each) => each.source))] }];
  });
}

/** Files that a pattern of Argo CD's directory.include lets through: one with a fixed name, or one a definition. */
export function filesFor(include: string, definitions: readonly KubernetesObject[]): readonly (readonly [name: string, contents: string])[] {
  const documents = [...new Map(definitions.map((definition) => [definition.metadata.name, definition])).values()];
  if (!include.includes("*")) return [[include, documents.map((definition) => JSON.stringify(definition)).join("\n---\n")]];
  // controller-gen names files <group>_<plural>.yaml, which the patterns are written for.
  return documents.map((definition) => [`${String(fieldOf(definition, "spec", "group"))}_${String(fieldOf(definition, "spec", "names", "plural"))}.yaml`, JSON.stringify(definition)]);
}

function definitionOf(apiVersion: string, kind: string, definitions: readonly DefinitionSource[]): { readonly definition: KubernetesObject; readonly source: string } {
  for (const source of definitions) {
    const definition = source.find(apiVersion, kind);
    if (definition !== undefined) return { definition, source: source.name };
  }
  throw new Error(`there is no definition of ${kind} of ${apiVersion}`);
}
