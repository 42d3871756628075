import { join, relative } from "node:path";
import { droppedFolders } from "../dropped";
import { writeTree } from "../emit/disk";
import { Refusal } from "../emit/refusal";
import { nothing, type Tree } from "../emit/tree";
import { warningsPath } from "../emit/warnings-page";
import type { Finding } from "../model/finding";
import type { Lab } from "../model/lab";
import { acknowledged, trailer } from "../plan/acknowledged";
import { planOf } from "../plan/plan";
import { jsonReport } from "../plan/report/json";
import { markdownReport } from "../plan/report/markdown";
import { textReport, type Report } from "../plan/report/text";
import { sideOf } from "../plan/side";
import { warningsBetween } from "../plan/warnings";
import { witness } from "../proofs/fit/witness";
import { synthesize } from "../synth";
import { baseFiles } from "./base-files";
import type { Context } from "./context";
import { refusing } from "./findings";
import { renderWitness } from "./fit";
import { addressesElsewhere, baseOf, trailersSince } from "./git";
import { outputOf, ownedDirs, withInfra } from "./synth";

export interface PlanOptions {
  readonly base?: string;
  readonly diff?: boolean;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly fit?: boolean;
}

/** What clusters, Terraform and machines are made from. Pages about it change nothing. */
const plannedDirs = ["dist", "argocd", "infra/out"] as const;

/** What both sides are read for: of the pages, only what synth warns of. */
const compared = [...plannedDirs, warningsPath] as const;

/** Lines of differences that fit below what happens on a screen. */
const FEW_LINES = 30;

/** `plan`: what going from the base to the lab as it stands does. Exits 1 where data is at risk and no commit says so, or one says so for nothing. */
export async function plan(lab: Lab, context: Context, options: PlanOptions): Promise<void> {
  await refusing({ json: options.json === true, nothing: "Nothing was planned." }, async () => {
    if (options.fit) return fit(lab, context, options);
    const report = await reportOf(lab, context, options);
    process.stdout.write(options.json ? jsonReport(report) : options.markdown ? markdownReport(report) : textReport(report, { differences: options.diff ? Number.POSITIVE_INFINITY : FEW_LINES }));
    if (report.acknowledged.unknown.length + report.acknowledged.stale.length > 0) process.exitCode = 1;
  });
}

async function reportOf(lab: Lab, context: Context, options: PlanOptions): Promise<Report> {
  const infra = context.infra?.start();
  const { root, rootMark } = outputOf(context, ".");
  const { findings, ...kubernetes } = synthesize(lab, join(context.engineRoot, "imports"));
  const output = await withInfra(kubernetes, infra && (async () => ({ ...nothing, tree: (await infra()).files })));
  const { tree } = output;
  refuseErrors([...findings, ...(tree.size > 0 ? droppedFolders(root, output, lab) : [])]);
  const base = baseOf(root, lab.gitops.branch, options.base);
  const head: Tree = new Map([...tree].filter(([path]) => compared.some((it) => path === it || path.startsWith(`${it}/`))));
  const files = baseFiles(context, root, base.commit, compared, head);
  const plan = planOf(sideOf(files.tree), sideOf(head));
  return {
    lab: lab.name,
    plan,
    base: base.words,
    warnings: warningsBetween(files.tree, head),
    acknowledged: acknowledged(plan, trailersHere(root, base.commit)),
    notes: files.made ? [`git keeps no generated files of this lab: those of the base were made anew, from its lab and by its engine.`] : staleNotes(context, root, tree, rootMark),
  };
}

/** What commits say of this lab: a repository may hold several, and what is said of another is for that one's plan. */
function trailersHere(root: string, base: string): readonly string[] {
  const all = trailersSince(root, base, trailer);
  if (all.length === 0) return all;
  const elsewhere = addressesElsewhere(root, [base, "HEAD"]);
  return all.filter((said) => !elsewhere.has(said.trim().split(/\s+/)[0] ?? ""));
}

function staleNotes({ projectRoot, labDir }: Context, root: string, tree: Tree, rootMark: string | undefined): readonly string[] {
  const written = writeTree(root, tree, { ownedDirs, check: true, ...(rootMark ? { rootMark } : {}) });
  const stale = written.added.length + written.changed.length + written.pruned.length;
  const lab = relative(projectRoot, labDir);
  return stale === 0 ? [] : [`${stale} generated files are not written yet, so this is what the lab says and not what is committed. Run: npm run synth${lab === "lab" ? "" : ` -- --lab ${lab}`}`];
}

/** `plan --fit`: which pod goes where, by the proof that synth made. It compares nothing, and needs no git. */
function fit(lab: Lab, context: Context, options: PlanOptions): void {
  const { world, built, findings } = synthesize(lab, join(context.engineRoot, "imports"));
  // What does not fit is shown where it does not; anything else that is wrong leaves nothing to pack.
  refuseErrors(findings.filter(({ rule }) => rule !== "fits"));
  const placed = witness(built, world);
  process.stdout.write(options.json ? `${JSON.stringify(placed)}\n` : renderWitness(placed));
  if (placed.homeless.length > 0) process.exitCode = 1;
}

/** The owner's mistakes come first: of a lab that cannot be written nothing can be planned. */
function refuseErrors(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Refusal(errors);
}
