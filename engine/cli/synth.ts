import { createHash } from "node:crypto";
import { join, relative, resolve } from "node:path";
import { droppedFolders } from "../dropped";
import { Refusal } from "../emit/refusal";
import { recover, writeTree, type Written } from "../emit/disk";
import { DiskFiles } from "../emit/files";
import { directoryOf, parentsOf, withPart, type Content, type Tree } from "../emit/tree";
import { Shelf } from "../memory/kept";
import { Memory } from "../memory/memory";
import { noPast } from "../memory/past";
import type { Finding } from "../model/finding";
import type { Lab } from "../model/lab";
import { synthesize } from "../synth";
import type { Context } from "./context";
import { renderFindings } from "./findings";
import { Outside } from "./outside";
import { countsOf, renderDifference, renderSummary } from "./summary";

export interface SynthOptions {
  readonly check?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

/** The folders under the output that synth owns: it prunes there, and nowhere else. */
export const ownedDirs = ["dist", "argocd", "docs/generated", "docs/runbooks", "infra/out"] as const;

/** `synth`: writes the lab's files, or with `--check` says how they differ. Any error, and nothing is written. */
export async function synth(lab: Lab, context: Context, options: SynthOptions): Promise<void> {
  const started = performance.now();
  const { root, rootMark } = outputOf(context, options.out);
  const progress = progressTo(options.json === true);
  progress(`Building ${lab.name}: ${lab.clusters.length} clusters …`);
  const memory = memoryOf(lab, context, root);
  const outside = context.infra && new Outside(context.infra, memory);
  const { world, tally, findings, tree: kubernetes } = synthesize(lab, join(context.engineRoot, "imports"), memory ?? noPast(lab));
  const tree = await withInfra(kubernetes, outside && (() => outside.tree()));
  const all = [...findings, ...(tree.size > 0 ? droppedFolders(root, tree, lab) : [])];
  if (all.some((finding) => finding.severity === "error")) return refuse(all, options);

  let written: Written;
  try {
    if (!options.check) recover(root);
    progress(options.check ? `Comparing ${tree.size} files …` : `Writing ${tree.size} files …`);
    written = writeTree(root, tree, { ownedDirs, check: options.check === true, ...(rootMark ? { rootMark } : {}) });
  } catch (failure) {
    if (failure instanceof Refusal) return refuse(failure.findings, options);
    throw failure;
  }

  const counts = countsOf(world, tally, written, all);
  const text = options.json ? `${JSON.stringify({ ...counts, findings: all })}\n` : `${renderFindings(all)}${renderSummary(lab, counts, (performance.now() - started) / 1000)}`;
  const differs = written.added.length + written.changed.length + written.pruned.length > 0;
  process.stdout.write(text);
  if (options.check && differs) {
    if (!options.json) process.stderr.write(renderDifference(written));
    process.exitCode = 1;
    return;
  }
  const stamps = (options.check ? undefined : memory?.keep()) ?? new Map<string, string>();
  // Repeating it now would find the very same files: that is what may be remembered.
  const unchanged = { ...counts, unchanged: counts.files, added: 0, changed: 0, pruned: 0 };
  const again = options.json ? `${JSON.stringify({ ...unchanged, findings: all })}\n` : `${renderFindings(all)}${renderSummary(lab, unchanged, undefined)}`;
  context.remember({ text: again, root, outputs: standingAfter(written, tree), stamps });
}

/** The owned folders and everything in them, once a tree is written. */
function standingAfter({ directories, foreign }: Written, tree: Tree<Content>): readonly string[] {
  const holding = new Set([...ownedDirs, ...directories]);
  for (const path of tree.keys()) {
    const directory = directoryOf(path);
    if (!holding.has(directory)) for (const it of [...parentsOf(directory), directory]) holding.add(it);
  }
  return [...holding, ...tree.keys(), ...foreign];
}

/** With what the machines, networks and the off-site store are made from, where the repository has an `infra/`. */
export const withInfra = async <In extends Content>(tree: Tree<In>, infra: (() => Promise<Tree<In>>) | undefined): Promise<Tree<In>> =>
  tree.size > 0 && infra ? withPart(tree, { from: "infra", tree: await infra() }) : tree;

/** What clusters came to in earlier runs that wrote to the same place. */
function memoryOf(lab: Lab, { memory }: Context, root: string): Memory | undefined {
  if (memory === undefined) return undefined;
  const shelf = new Shelf(join(memory.directory, createHash("sha1").update(root).digest("hex").slice(0, 12)), memory.code.engine);
  return new Memory(lab, { files: new DiskFiles(root), code: memory.code, shelf });
}

/**
 * The default lab's files stand in the project's root, another lab's beside its lab.ts; both hold other things too, and say
 * so by a mark. Any other place has to be empty, or ours.
 */
export function outputOf({ projectRoot, labDir }: Context, out: string): { readonly root: string; readonly rootMark?: string } {
  if (out !== ".") return { root: resolve(projectRoot, out) };
  return relative(projectRoot, labDir) === "lab" ? { root: projectRoot, rootMark: "lab" } : { root: labDir, rootMark: "lab.ts" };
}

function refuse(findings: readonly Finding[], options: SynthOptions): void {
  if (options.json) process.stdout.write(`${JSON.stringify({ findings })}\n`);
  else process.stderr.write(`${renderFindings(findings)}Nothing was written.\n`);
  process.exitCode = 1;
}

const progressTo = (silent: boolean) => (line: string) => {
  if (!silent && process.stderr.isTTY) process.stderr.write(`${line}\n`);
};
