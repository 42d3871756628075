import { argocdFindings } from "./argocd/findings";
import type { Permitted } from "./argocd/permitted";
import { labChecks, releaseChecks } from "./checks";
import { mergeTrees, type Tree } from "./emit/tree";
import type { Built } from "./model/built";
import type { Finding } from "./model/finding";
import type { Lab } from "./model/lab";
import { resolve, worldOf, type World } from "./model/resolve";
import { startEdges } from "./model/start-order";
import { clusterPiece, sharedPiece, type Piece } from "./pieces";
import { schemaCheck, unknownVersions } from "./schema-findings";
import { standings } from "./standings";

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
  const pieces = new Map<string, Piece>();
  const { world, findings } = synthesizeEach(lab, importsDir, (of, piece) => pieces.set(of, piece));
  const inOrder = [...lab.clusters.map(({ name }) => name), shared].flatMap((of) => pieces.get(of) ?? []);
  const all = [...findings, ...inOrder.flatMap((piece) => piece.findings)];
  const built = inOrder.flatMap((piece) => piece.built);
  return { world, built, findings: all, tree: all.some(isError) ? new Map() : mergeTrees(inOrder.flatMap((piece) => piece.parts())) };
}

/** Whose piece is no cluster's. No cluster may have the name of the folder beside those of clusters. */
const shared = "crds";

/**
 * The same, piece by piece: whoever lets go of a piece before the next one needs no more memory than the largest cluster does.
 * Returns what is wrong before anything is built; then there are no pieces.
 */
export function synthesizeEach(lab: Lab, importsDir: string, take: (of: string, piece: Piece) => void): { readonly world: World; readonly findings: readonly Finding[] } {
  const asWritten = labChecks.flatMap((check) => check(lab));
  // Nobody can choose or check in a lab whose quantities, addresses and words cannot even be read.
  if (asWritten.some(({ rule }) => unreadable.has(rule))) return { world: worldOf(lab, [], []), findings: asWritten };
  const { world, findings: unresolved } = resolve(lab);
  const findings = [...asWritten, ...unresolved, ...releaseChecks.flatMap((check) => check(world)), ...argocdFindings(world), ...unknownVersions(world, importsDir)];
  // What is built from a lab with errors would only repeat them in other words.
  if (findings.some(isError)) return { world, findings };

  const check = schemaCheck(world, importsDir);
  const permitted = new Map<string, Permitted>();
  const edges = [...startEdges(world)];
  for (const standing of standings(world, permitted)) {
    const piece = clusterPiece(standing, world, check);
    edges.push(...piece.waits);
    take(standing.cluster.name, piece);
  }
  take(shared, sharedPiece(world, permitted, edges, importsDir, check));
  return { world, findings };
}

/** Rules of a lab whose values do not even parse. */
const unreadable: ReadonlySet<string> = new Set(["quantity-valid", "cidr-valid", "url-valid", "word-known"]);

const isError = (finding: Finding): boolean => finding.severity === "error";
