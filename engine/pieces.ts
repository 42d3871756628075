import { controllersOf } from "./argocd/controller";
import { ownedOnce } from "./argocd/findings";
import { clusterOutput, controllerFolders, type Folder } from "./argocd/output";
import type { Permitted } from "./argocd/permitted";
import { retiring } from "./build/retiring";
import { manifestChecks } from "./checks";
import { groupsOf } from "./checks/groups";
import { crdTree } from "./crds";
import { HEADER } from "./emit/header";
import { layout } from "./emit/layout";
import type { Part, Tree } from "./emit/tree";
import { toYaml } from "./emit/yaml";
import { dnsRecords } from "./hosts/dns-records";
import { kindConfig } from "./hosts/kind-config";
import { stateRunbook } from "./hosts/state-runbook";
import type { Outcome, Past } from "./memory/past";
import type { Built } from "./model/built";
import type { Cluster } from "./model/cluster";
import type { Finding } from "./model/finding";
import type { Release } from "./model/release";
import type { World } from "./model/resolve";
import type { StartEdge } from "./model/start-order";
import { fits } from "./proofs/fit/fits";
import { flowsHold } from "./proofs/flows/flows-hold";
import { openingsPage } from "./proofs/flows/page";
import { orderPage, roundsOf } from "./proofs/order/page";
import { startsInOrder } from "./proofs/order/starts-in-order";
import { waitsOn } from "./proofs/order/waits";
import { permissionsPage } from "./proofs/permissions/page";
import { recoverable } from "./proofs/recovery/recoverable";
import type { Schemas } from "./schema-findings";
import { among, type Standing } from "./standings";
import { tallyOf } from "./tally";

/** What a lab comes to in one place: on a cluster, or in what all clusters share. */
export interface Piece {
  readonly findings: readonly Finding[];
  /** Its files, for whoever has found no error. */
  parts(): readonly Part[];
}

/** What it comes to on one cluster. */
export interface ClusterPiece extends Piece, Outcome {
  /** Nothing where it was not built anew. */
  readonly built: readonly Built[];
}

type SchemasOn = (cluster: string) => Schemas;

/** What one cluster comes to: its releases, and what it gets besides. */
export function clusterPiece(standing: Standing, world: World, schemas: SchemasOn): ClusterPiece {
  const { cluster, controller, built, leaving, permitted } = standing;
  const everything = [...built, ...leaving];
  const { folders, parameters } = clusterOutput(controller, cluster, world, permitted, everything);
  return {
    built,
    tally: tallyOf(built),
    permitted,
    findings: [
      ...built.flatMap((it) => it.findings),
      ...manifestChecks.flatMap((rule) => rule(built, world)),
      ...fits(built, world),
      ...flowsHold(built, world),
      ...recoverable(built, world),
      ...ownedOnce(everything),
      ...schemaOfFolders(folders, schemas),
    ],
    waits: waitsOn(built),
    parts: () => [
      ...[...built, ...leaving.map(retiring)].map(({ release, manifests }) => ({
        from: `release ${release.address}`,
        tree: layout(`dist/${release.address}`, release.namespace, manifests),
      })),
      ...partsOf(folders),
      { from: `releases of ${cluster.name}`, tree: new Map([...parameters].map(([path, value]) => [path, `${HEADER}\n${toYaml(value)}`])) },
      { from: `openings on ${cluster.name}`, tree: new Map([[`docs/generated/open/${cluster.name}.md`, `<!-- ${HEADER} -->\n${openingsPage(cluster, built)}`]]) },
      { from: `permissions on ${cluster.name}`, tree: permissionsTree(cluster.name, built, folders) },
      { from: `runbooks of ${cluster.name}`, tree: runbookTree(world.releasesOn(cluster), world) },
      { from: `state of ${cluster.name}`, tree: stateTree(cluster, world) },
      { from: `buckets of ${cluster.name}`, tree: bucketTree(cluster, world) },
    ],
  };
}

/**
 * What all clusters share, once all are built: what Argo CD is pointed at, CRDs, in which order everything starts, and what
 * stands outside.
 */
export function sharedPiece(world: World, permitted: ReadonlyMap<string, Permitted>, edges: readonly StartEdge[], importsDir: string, schemas: SchemasOn, past: Past): Piece {
  const folders = new Map(controllersOf(world).flatMap((controller) => [...controllerFolders(controller, world, among(permitted))]));
  return {
    findings: [...startsInOrder(edges), ...schemaOfFolders(folders, schemas)],
    parts: () => [
      ...partsOf(folders),
      { from: "order", tree: orderTree(world, edges) },
      { from: "hosts and names", tree: outsideTree(world) },
      { from: "CRDs", ...crdTree(world, importsDir, past) },
    ],
  };
}

const schemaOfFolders = (folders: ReadonlyMap<string, Folder>, schemas: SchemasOn): readonly Finding[] =>
  [...folders].flatMap(([address, { cluster, manifests }]) => schemas(cluster).check(address, manifests));

const partsOf = (folders: ReadonlyMap<string, Folder>): readonly Part[] =>
  [...folders].map(([directory, { namespace, manifests }]) => ({ from: directory, tree: layout(directory, namespace, manifests) }));

/** Who may do what on a cluster, for its reviewers: docs/generated/permissions/<cluster>.md. */
const permissionsTree = (cluster: string, built: readonly Built[], folders: ReadonlyMap<string, Folder>): Tree => {
  const brought = [...built.map(({ release, manifests }) => [release.name, manifests] as const), ...[...folders].map(([directory, { manifests }]) => [directory.split("/").at(-1) ?? "", manifests] as const)];
  return new Map([[`docs/generated/permissions/${cluster}.md`, `<!-- ${HEADER} -->\n${permissionsPage(cluster, brought)}`]]);
};

/** What starts after what, for whoever brings a cluster back: docs/generated/order/<cluster>.md. */
function orderTree(world: World, edges: readonly StartEdge[]): Tree {
  const rounds = roundsOf(world.releases, edges);
  const byRelease = groupsOf(edges, ({ from }) => from);
  return new Map(world.lab.clusters.map((cluster) => [`docs/generated/order/${cluster.name}.md`, `<!-- ${HEADER} -->\n${orderPage(cluster.name, world.releasesOn(cluster), byRelease, rounds)}`]));
}

/** What stands outside the clusters and follows from the same description: nothing syncs it. */
const outsideTree = (world: World): Tree =>
  new Map([
    ...world.lab.clusters
      .filter((cluster) => cluster.distribution.name === "kind")
      .map((cluster): [string, string] => [`infra/out/kind/${cluster.name}.yaml`, `${HEADER}\n${toYaml(kindConfig(cluster, world))}`]),
    ["infra/out/dns/unbound.conf", `${HEADER}\n${dnsRecords(world)}`],
  ]);

/** How a cluster's own state comes back, where snapshots of it are kept. */
function stateTree(cluster: Cluster, { lab }: World): Tree {
  const text = stateRunbook(cluster, lab);
  return new Map(text === undefined ? [] : [[`docs/runbooks/${cluster.name}-state.md`, `<!-- ${HEADER} -->\n\n${text}`]]);
}

/** How precious buckets come back, where they are copied. */
function bucketTree(cluster: Cluster, world: World): Tree {
  const text = cluster.provides.mirror?.runbook(cluster, world.releasesOn(cluster));
  return new Map(text === undefined ? [] : [[`docs/runbooks/${cluster.name}-buckets.md`, `<!-- ${HEADER} -->\n\n${text}`]]);
}

/**
 * What apps tell their owner for the day when things are broken: docs/runbooks/<cluster>-<topic>.md. What two releases tell of one
 * topic is on one page.
 */
function runbookTree(releases: readonly Release[], world: World): Tree {
  const told = releases.flatMap(({ app, cluster, name, namespace, settings, site }) =>
    Object.entries(app.runbooks({ name, namespace, settings: settings as never, site }, world)).map(([topic, text]) => ({ path: `docs/runbooks/${cluster.name}-${topic}.md`, text })),
  );
  return new Map([...groupsOf(told, ({ path }) => path)].map(([path, pages]) => [path, `<!-- ${HEADER} -->\n\n${pages.map(({ text }) => text).join("\n")}`]));
}
