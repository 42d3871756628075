import { readdirSync } from "node:fs";
import { join } from "node:path";
import { importedOperators } from "../imports/operators";
import { schemaLibrary, type Catalogue } from "./schema/catalogue";
import { validate } from "./schema/validate";
import type { Cluster } from "./model/cluster";
import { knowsIdentities } from "./model/distribution";
import { error, type Finding } from "./model/finding";
import { objectName, type Manifest } from "./model/manifest";
import type { World } from "./model/resolve";

/** The schemas of what one cluster knows. */
export interface Schemas {
  /** Which they are: the same on most clusters. */
  readonly name: string;
  /** @param address whom findings name */
  check(address: string, manifests: readonly Manifest[]): readonly Finding[];
}

/** Clusters of a Kubernetes version of which there are no schemas: nothing on them can be checked. */
export const unknownVersions = ({ lab }: World, importsDir: string): readonly Finding[] => {
  const known = knownVersions(importsDir);
  return lab.clusters.filter((cluster) => !known.includes(cluster.kubernetes)).map((cluster) => unknownVersion(cluster, known));
};

/**
 * Every object against the schemas of its cluster: the Kubernetes version that it declares and the CRDs that it installs.
 * What the API server would refuse at two in the morning is a finding before the commit.
 */
export function schemasOn(world: World, importsDir: string): (cluster: string) => Schemas {
  const library = schemaLibrary(importsDir);
  const clusters = new Map(world.lab.clusters.map((cluster) => [cluster.name, cluster]));
  const catalogues = new Map<string, Catalogue>();
  return (cluster) => {
    const standing = clusters.get(cluster);
    if (!standing) throw new Error(`no cluster ${cluster}`);
    const operators = operatorsOf(world, standing);
    const name = [standing.kubernetes, ...operators.map((operator) => operator.name)].join(" ");
    const catalogue = catalogues.get(name) ?? library.catalogueOf(standing.kubernetes, operators);
    catalogues.set(name, catalogue);
    return { name, check: (address, manifests) => manifests.flatMap((manifest) => findingsOf(address, manifest, catalogue)) };
  };
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

/** The operators whose kinds a cluster knows: those that its apps ask for, and its CNI's. */
export function operatorsOf(world: World, cluster: Cluster): readonly { readonly name: string; readonly version: string }[] {
  const asked = new Set(world.releasesOn(cluster).flatMap((release) => release.app.crds));
  // An Argo CD that is not ours has its CRDs, and what we write for it must fit them.
  const { gitops } = world.lab;
  if (gitops.mode === "existing" && gitops.hub === cluster.name) asked.add("argo-cd");
  if (knowsIdentities(cluster)) asked.add("cilium");
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
