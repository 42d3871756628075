import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { Crd } from "./crd";
import { importedPackages, run } from "./go";

/** The annotation that says which controller-gen ran: tools/crds/controller-gen/go.mod says so already. */
const generatorAnnotation = "controller-gen.kubebuilder.io/version";

/** The CRDs of the Go types that a pinned module imports, without descriptions, in order of their names. */
export function generatedCrds(controllerGen: string, directory: string): readonly Crd[] {
  const out = mkdtempSync(join(tmpdir(), "crds-"));
  try {
    const packages = importedPackages(directory).map((path) => `paths=${path}`);
    run(controllerGen, ["crd:crdVersions=v1,maxDescLen=0", ...packages, `output:crd:dir=${out}`], directory);
    const files = readdirSync(out).sort();
    return files.map((file) => withoutGenerator(parse(readFileSync(join(out, file), "utf8"))));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function withoutGenerator(crd: Crd): Crd {
  const { [generatorAnnotation]: _generator, ...annotations } = crd.metadata.annotations ?? {};
  const metadata = Object.keys(annotations).length === 0 ? { name: crd.metadata.name } : { name: crd.metadata.name, annotations };
  return { apiVersion: crd.apiVersion, kind: crd.kind, metadata, spec: crd.spec };
}
