import { importedOperators } from "../imports/operators";
import { argocdOutput } from "./argocd/output";
import { forArgocd } from "./argocd/for-argocd";
import { buildCluster } from "./build/release";
import { retiring } from "./build/retiring";
import { labChecks, manifestChecks, releaseChecks } from "./checks";
import { crdTree } from "./crds";
import { HEADER } from "./emit/header";
import { layout } from "./emit/layout";
import { mergeTrees, type Tree } from "./emit/tree";
import { toYaml } from "./emit/yaml";
import { dnsRecords } from "./hosts/dns-records";
import { kindConfig } from "./hosts/kind-config";
import type { Built } from "./model/built";
import type { Finding } from "./model/finding";
import type { Lab } from "./model/lab";
import { resolve, worldOf, type World } from "./model/resolve";
import { fits } from "./proofs/fit/fits";
import { flowsHold } from "./proofs/flows/flows-hold";
import { schemaFindings } from "./schema-findings";

/** What a lab comes to: files where all is well, findings where not. */
export interface Synthesis {
  readonly world: World;
  readonly built: readonly Built[];
  readonly findings: readonly Finding[];
  /** Empty when any finding is an error: then nothing may be written. */
  readonly tree: Tree;
}

/**
 * Lab → releases → checks → objects → checks → files. It reads nothing but the imported schemas and writes nothing.
 * @param importsDir the `imports` folder of the engine's own package
 */
export function synthesize(lab: Lab, importsDir: string): Synthesis {
  const asWritten = labChecks.flatMap((check) => check(lab));
  // Nobody can choose or check in a lab whose quantities, addresses and words cannot even be read.
  if (asWritten.some(({ rule }) => unreadable.has(rule))) return refused(worldOf(lab, [], []), asWritten);
  const { world, findings } = resolve(lab);
  const early = [...asWritten, ...findings, ...releaseChecks.flatMap((check) => check(world))];
  // What is built from a lab with errors would only repeat them in other words.
  if (early.some(isError)) return refused(world, early);

  const { built, leaving } = objectsOf(world);
  const argocd = argocdOutput(world, [...built, ...leaving]);
  const kept = leaving.map(retiring);
  const late = [
    ...built.flatMap((it) => it.findings),
    ...manifestChecks.flatMap((check) => check(built, world)),
    ...fits(built, world),
    ...flowsHold(built, world),
    ...argocd.findings,
    ...schemaFindings(world, built, argocd.folders, importsDir),
  ];
  const all = [...early, ...late];
  if (late.some(isError)) return { world, built, findings: all, tree: new Map() };

  const parts = [
    ...[...built, ...kept].map(({ release, manifests }) => ({
      from: `release ${release.address}`,
      tree: layout(`dist/${release.address}`, release.namespace, manifests),
    })),
    ...[...argocd.folders].map(([directory, { namespace, manifests }]) => ({ from: directory, tree: layout(directory, namespace, manifests) })),
    { from: "releases", tree: new Map([...argocd.parameters].map(([path, value]) => [path, `${HEADER}\n${toYaml(value)}`])) },
    { from: "hosts and names", tree: outsideTree(world) },
    { from: "runbooks", tree: runbookTree(world) },
    { from: "CRDs", tree: crdTree(world, importedOperators, importsDir) },
  ];
  return { world, built, findings: all, tree: mergeTrees(parts) };
}

/** Rules of a lab whose values do not even parse. */
const unreadable: ReadonlySet<string> = new Set(["quantity-valid", "cidr-valid", "url-valid", "word-known"]);

const refused = (world: World, findings: readonly Finding[]): Synthesis => ({ world, built: [], findings, tree: new Map() });

const isError = (finding: Finding): boolean => finding.severity === "error";

/** The objects of every release as Argo CD should find them, and of those on their way out all that they still own. */
export function objectsOf(world: World): { readonly built: readonly Built[]; readonly leaving: readonly Built[] } {
  const clusters = world.lab.clusters.map((cluster) => buildCluster(cluster, world));
  const built = clusters.flatMap((it) => it.built);
  const all = forArgocd(world, [...built, ...clusters.flatMap((it) => it.leaving)]);
  return { built: all.slice(0, built.length), leaving: all.slice(built.length) };
}

/** What stands outside the clusters and follows from the same description: nothing syncs it. */
const outsideTree = (world: World): Tree =>
  new Map([
    ...world.lab.clusters
      .filter((cluster) => cluster.distribution.name === "kind")
      .map((cluster): [string, string] => [`infra/out/kind/${cluster.name}.yaml`, `${HEADER}\n${toYaml(kindConfig(cluster, world))}`]),
    ["infra/out/dns/unbound.conf", `${HEADER}\n${dnsRecords(world)}`],
  ]);

/** What apps tell their owner for the day when things are broken: docs/runbooks/<cluster>-<name>.md. */
const runbookTree = (world: World): Tree =>
  new Map(
    world.releases.flatMap(({ app, cluster, name, namespace, settings, site }) =>
      Object.entries(app.runbooks({ name, namespace, settings: settings as never, site }, world)).map(([topic, text]): [string, string] => [
        `docs/runbooks/${cluster.name}-${topic}.md`,
        `<!-- ${HEADER} -->\n\n${text}`,
      ]),
    ),
  );
