import { readdirSync } from "node:fs";
import { join } from "node:path";
import { importedOperators } from "../imports/operators";
import { schemaLibrary, type Catalogue } from "./schema/catalogue";
import { validate } from "./schema/validate";
import type { Built } from "./model/built";
import type { Cluster } from "./model/cluster";
import { error, type Finding } from "./model/finding";
import { objectName, type Manifest } from "./model/manifest";
import type { World } from "./model/resolve";

interface Folder {
  readonly cluster: string;
  readonly manifests: readonly Manifest[];
}

/**
 * Every object against the schemas of its cluster: the Kubernetes version that it declares and the CRDs that it installs.
 * What the API server would refuse at two in the morning is a finding before the commit.
 */
export function schemaFindings(world: World, built: readonly Built[], folders: ReadonlyMap<string, Folder>, importsDir: string): readonly Finding[] {
  const unknown = world.lab.clusters.filter((cluster) => !knownVersions(importsDir).includes(cluster.kubernetes));
  if (unknown.length) return unknown.map((cluster) => unknownVersion(cluster, knownVersions(importsDir)));
  const library = schemaLibrary(importsDir);
  const catalogues = new Map(world.lab.clusters.map((cluster) => [cluster.name, library.catalogueOf(cluster.kubernetes, operatorsOf(world, cluster))]));
  const check = (address: string, cluster: string, manifests: readonly Manifest[]): readonly Finding[] => {
    const catalogue = catalogues.get(cluster);
    if (!catalogue) throw new Error(`${address}: no cluster ${cluster}`);
    return manifests.flatMap((manifest) => findingsOf(address, manifest, catalogue));
  };
  return [
    ...built.flatMap(({ release, manifests }) => check(release.address, release.cluster.name, manifests)),
    ...[...folders].flatMap(([directory, folder]) => check(directory, folder.cluster, folder.manifests)),
  ];
}

const knownVersions = (importsDir: string): readonly string[] =>
  readdirSync(join(importsDir, "schemas")).flatMap((file) => /^kubernetes-(.+)\.json$/.exec(file)?.[1] ?? []);

const unknownVersion = (cluster: Cluster, known: readonly string[]): Finding =>
  error({
    rule: "kubernetes-known",
    address: cluster.name,
    found: `Kubernetes ${cluster.kubernetes}, of which there are no schemas`,
    expected: `one of: ${known.join(", ")}`,
    fix: "Declare such a version, or import its schemas with npm run import",
  });

/** The operators whose kinds a cluster knows: those that its apps ask for. */
export function operatorsOf(world: World, cluster: Cluster): readonly { readonly name: string; readonly version: string }[] {
  const asked = new Set(world.releasesOn(cluster).flatMap((release) => release.app.crds));
  // An Argo CD that is not ours has its CRDs, and what we write for it must fit them.
  const { gitops } = world.lab;
  if (gitops.mode === "existing" && gitops.hub === cluster.name) asked.add("argo-cd");
  return importedOperators.filter((operator) => asked.has(operator.name)).map(({ name, version }) => ({ name, version }));
}

const findingsOf = (address: string, manifest: Manifest, catalogue: Catalogue): readonly Finding[] =>
  validate(manifest, catalogue).map(({ path, found, expected }) =>
    error({
      rule: "schema",
      address,
      found: `${objectName(manifest)}: ${path ? `${path} is ` : ""}${found}`,
      expected,
      fix: "Change the setting or the app that writes it",
    }),
  );
