import { mkdirSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { crdText, textFileOf } from "../../engine/crds";
import { bindings } from "./bindings";
import { closedCrd } from "./closed/closed-crd";
import type { Crd } from "./crd";
import { generatedCrds } from "./generated-crds";
import { buildPrograms, moduleVersion, run, type Programs } from "./go";
import { stableJson } from "./stable-json";
import { kubernetesSchemas } from "./kubernetes-schemas";
import { operators, type GeneratedOperator, type StandingOperator, type UpstreamOperator } from "./operators";
import { closedEntry, closedFile, crdFile, generatedEntry, header, operatorsTable, type TableEntry } from "./table";
import { writeImports } from "./write-imports";

/** What becomes of one operator: its files by path under `imports/`, and its entry in the table. */
interface Imported {
  readonly files: ReadonlyMap<string, string>;
  readonly entry: TableEntry;
}

/** Regenerates `imports/` from the pinned modules and the closed schemas, whole; the same pins give the same bytes. */
export function main(root: string): void {
  setPriority(10);
  const modules = join(root, "tools", "crds");
  const bin = join(root, ".cache", "crds", "bin");
  mkdirSync(bin, { recursive: true });
  console.log("Building controller-gen and the schema programs");
  const programs = buildPrograms(modules, bin);
  const imported = operators.map((operator) => {
    console.log(`Importing ${operator.name}`);
    return "module" in operator ? generated(operator, programs, root) : closed(operator, root);
  });
  const files = new Map(imported.flatMap(({ files }) => [...files]));
  const kubernetes = kubernetesSchemas(programs.schemas, join(modules, "kubernetes"));
  files.set(`schemas/kubernetes-${minorOf(kubernetes.version)}.json`, stableJson(kubernetes));
  files.set("operators.ts", operatorsTable(imported.map(({ entry }) => entry)));
  const { changed, unchanged, removed } = writeImports(join(root, "imports"), files);
  const crds = [...files.keys()].filter((file) => file.startsWith("crds/") && file.endsWith(".json"));
  run(programs.check, crds, join(root, "imports"));
  console.log(`imports/: ${changed} changed, ${unchanged} unchanged, ${removed} removed; the API server would take all ${crds.length} CRDs`);
}

function generated(operator: GeneratedOperator, { controllerGen }: Programs, root: string): Imported {
  const { name, module, bindings: bound, patch = (crd: Crd) => crd } = operator;
  const directory = join(root, "tools", "crds", name);
  const version = operator.version ?? moduleVersion(module, directory);
  const crds = generatedCrds(controllerGen, directory).map(patch);
  const files = new Map(
    crds.flatMap((crd) => {
      const file = crdFile(name, version, crd.metadata.name);
      return [[file, stableJson(crd)] as const, [textFileOf(file), crdText({ ...crd })] as const];
    }),
  );
  files.set(`${name}.ts`, header + bindings(crds.filter(({ spec }) => bound.includes(spec.names.kind)), root));
  return { files, entry: generatedEntry(name, version, crds) };
}

function closed(operator: UpstreamOperator | StandingOperator, root: string): Imported {
  const { name, version, kinds } = operator;
  const files = new Map(kinds.map((kind) => [closedFile(name, version, kind.kind), stableJson(kind)]));
  if ("source" in operator) files.set(`${name}.ts`, header + bindings(kinds.map(closedCrd), root));
  return { files, entry: closedEntry(operator) };
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
