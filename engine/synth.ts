import type { Controller } from "./argocd/controller";
import { argocdFindings } from "./argocd/findings";
import type { Permitted } from "./argocd/permitted";
import { labChecks, releaseChecks } from "./checks";
import { mergeTrees, nothing, type Output } from "./emit/tree";
import { warningsPage, warningsPath } from "./emit/warnings-page";
import { noPast, type Past } from "./memory/past";
import type { BuildRelease, Built, Tally } from "./model/built";
import type { Cluster } from "./model/cluster";
import type { Finding } from "./model/finding";
import type { Lab } from "./model/lab";
import { resolve, worldOf, type World } from "./model/resolve";
import { clusterPiece, sharedPiece, type ClusterPiece, type Piece } from "./pieces";
import { schemasOn, unknownVersions, type Schemas } from "./schema-findings";
import { among, inBuildOrder, standingOn } from "./standings";
import { sumOf } from "./tally";

/** What a lab comes to: files where all is well, findings where not; with any error among them there are no files, and nothing may be written. */
export interface Synthesis extends Output {
  readonly world: World;
  /** What was built: not what was recalled. */
  readonly built: readonly Built[];
  readonly tally: Tally;
  readonly findings: readonly Finding[];
}

/**
 * Lab → releases → checks → objects → checks → files. It reads nothing but the imported schemas and writes nothing.
 * @param importsDir the `imports` folder of the engine's own package
 * @param past what need not be built again; without it, everything is built
 */
export function synthesize(lab: Lab, importsDir: string, past: Past = noPast(lab)): Synthesis {
  const ofClusters = new Map<string, ClusterPiece>();
  const { world, findings, shared } = synthesizeEach(lab, importsDir, (cluster, piece) => ofClusters.set(cluster, piece), past);
  const clusters = lab.clusters.flatMap(({ name }) => ofClusters.get(name) ?? []);
  const pieces: readonly Piece[] = [...clusters, ...(shared ? [shared] : [])];
  const all = [...findings, ...pieces.flatMap((piece) => piece.findings)];
  const rest = { world, findings: all, built: clusters.flatMap(({ built }) => built), tally: sumOf(clusters.map(({ tally }) => tally)) };
  return { ...rest, ...(all.some(isError) ? nothing : mergeTrees([...pieces.flatMap((piece) => piece.parts()), { from: "warnings", tree: new Map([[warningsPath, warningsPage(all)]]) }])) };
}

/** What is wrong before anything is built, and if nothing is, what all clusters share. */
interface Described {
  readonly world: World;
  readonly findings: readonly Finding[];
  readonly shared?: Piece;
}

/**
 * The same, cluster by cluster: whoever lets go of a piece before the next one needs no more memory than the largest cluster does.
 * @param take gets a cluster's piece; in a lab that is wrong, no piece comes
 */
export function synthesizeEach(lab: Lab, importsDir: string, take: (cluster: string, piece: ClusterPiece) => void, past: Past = noPast(lab)): Described {
  const asWritten = labChecks.flatMap((check) => past.looked(check));
  // Nobody can choose or check in a lab whose quantities, addresses and words cannot even be read.
  if (asWritten.some(({ rule }) => unreadable.has(rule))) return { world: worldOf(past.lab, [], []), findings: asWritten };
  const { world: resolved, findings: unresolved } = resolve(past.lab);
  const world = past.world(resolved);
  const findings = [...asWritten, ...unresolved, ...releaseChecks.flatMap((check) => check(world)), ...argocdFindings(world), ...unknownVersions(world, importsDir)];
  // What is built from a lab with errors would only repeat them in other words.
  if (findings.some(isError)) return { world, findings };

  const schemas = schemasOn(world, importsDir);
  const permitted = new Map<string, Permitted>();
  const permittedOn = past.permitted(among(permitted));
  const edges = [...world.startEdges()];
  for (const { cluster, controller } of inBuildOrder(world)) {
    const recalled = past.recall(cluster, controller);
    if (recalled) permitted.set(cluster.name, recalled.permitted);
    const build = () => clusterPiece(standingOn(cluster, controller, world, permitted, permittedOn, checkedOnce(schemas(cluster.name), past)), world, schemas);
    const piece: ClusterPiece = recalled
      ? { ...recalled, built: [], parts: () => [{ ...nothing, standing: recalled.standing, from: cluster.name }] }
      : toBeKept(past.during(cluster, build), cluster, controller, past);
    edges.push(...piece.waits);
    take(cluster.name, piece);
  }
  return { world, findings, shared: sharedPiece(world, permitted, edges, importsDir, schemas, past) };
}

/** Builds a release and holds its objects against their schemas, where it is not known what that would come to. */
const checkedOnce = (schemas: Schemas, past: Past): BuildRelease => (release, from, build) =>
  past.release(release, [from, schemas.name], () => {
    const built = build();
    return { ...built, findings: [...built.findings, ...schemas.check(release.address, built.manifests)] };
  });

/** A piece whose files, once somebody asks for them, are to be kept with it. */
const toBeKept = (piece: ClusterPiece, cluster: Cluster, controller: Controller, past: Past): ClusterPiece => ({
  ...piece,
  parts() {
    const parts = past.during(cluster, () => piece.parts());
    past.built(cluster, controller, piece, parts);
    return parts;
  },
});

/** Rules of a lab whose values do not even parse. */
const unreadable: ReadonlySet<string> = new Set(["quantity-valid", "cidr-valid", "url-valid", "word-known"]);

const isError = (finding: Finding): boolean => finding.severity === "error";
