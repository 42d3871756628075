import { createHash } from "node:crypto";
import { join, relative, resolve } from "node:path";
import { droppedFolders } from "../dropped";
import { Refusal } from "../emit/refusal";
import { recover, writeTree } from "../emit/disk";
import { DiskFiles } from "../emit/files";
import { withPart, type Output } from "../emit/tree";
import { Shelf } from "../memory/kept";
import { Memory } from "../memory/memory";
import { noPast } from "../memory/past";
import type { Lab } from "../model/lab";
import { synthesize } from "../synth";
import type { Context } from "./context";
import { refusing, renderFindings } from "./findings";
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
  await refusing({ json: options.json === true, nothing: "Nothing was written." }, () => write(lab, context, options));
}

async function write(lab: Lab, context: Context, options: SynthOptions): Promise<void> {
  const started = performance.now();
  const { root, rootMark } = outputOf(context, options.out);
  // Before anything is recalled because of how files stand.
  if (!options.check) recover(root);
  const progress = progressTo(options.json === true);
  progress(`Building ${lab.name}: ${lab.clusters.length} clusters …`);
  const memory = memoryOf(lab, context, root);
  const outside = context.infra && new Outside(context.infra, memory?.past);
  const { world, tally, findings, ...kubernetes } = synthesize(lab, join(context.engineRoot, "imports"), memory?.past ?? noPast(lab));
  const output = await withInfra(kubernetes, outside && (() => outside.output()));
  const { tree, standing } = output;
  const all = [...findings, ...(tree.size > 0 ? droppedFolders(root, output, lab) : [])];
  if (all.some((finding) => finding.severity === "error")) throw new Refusal(all);

  progress(options.check ? `Comparing ${countIn(output)} files …` : `Writing ${countIn(output)} files …`);
  const began = Date.now();
  const written = writeTree(root, tree, { ownedDirs, standing, index: memory?.index, check: options.check === true, ...(rootMark ? { rootMark } : {}) });
  // The clock's next millisecond: it tells only whole ones.
  const ended = Date.now() + 1;

  const counts = countsOf(world, tally, written, all);
  const text = options.json ? `${JSON.stringify({ ...counts, findings: all })}\n` : `${renderFindings(all)}${renderSummary(lab, counts, (performance.now() - started) / 1000)}`;
  const differs = written.added.length + written.changed.length + written.pruned.length > 0;
  process.stdout.write(text);
  if (options.check && differs) {
    if (!options.json) process.stderr.write(renderDifference(written));
    process.exitCode = 1;
    return;
  }
  if (memory === undefined) return;
  const index = { file: memory.indexFile, digest: memory.past.keep(tree, written, { began, ended }, ownedDirs) };
  // Repeating it now would find the very same files: that is what may be remembered.
  const unchanged = { ...counts, unchanged: counts.files, added: 0, changed: 0, pruned: 0 };
  const again = options.json ? `${JSON.stringify({ ...unchanged, findings: all })}\n` : `${renderFindings(all)}${renderSummary(lab, unchanged, undefined)}`;
  context.remember({ text: again, root, index });
}

const countIn = ({ tree, standing }: Output): number => [...standing.values()].reduce((sum, names) => sum + names.length, tree.size);

/** With what the machines, networks and the off-site store are made from, where the repository has an `infra/`. */
export const withInfra = async (output: Output, infra: (() => Promise<Output>) | undefined): Promise<Output> =>
  output.tree.size > 0 && infra ? withPart(output, { from: "infra", ...(await infra()) }) : output;

/** What clusters came to in earlier runs that wrote to the same place. */
function memoryOf(lab: Lab, { memory }: Context, root: string) {
  if (memory === undefined) return undefined;
  const directory = join(memory.directory, createHash("sha1").update(root).digest("hex").slice(0, 12));
  const indexFile = join(directory, "index.json");
  const index = memory.indexOf(indexFile, root);
  return { indexFile, index, past: new Memory(lab, { files: new DiskFiles(root), code: memory.code, shelf: new Shelf(directory, memory.code.engine), index }) };
}

/**
 * The default lab's files stand in the project's root, another lab's beside its lab.ts; both hold other things too, and say
 * so by a mark. Any other place has to be empty, or ours.
 */
export function outputOf({ projectRoot, labDir }: Context, out: string): { readonly root: string; readonly rootMark?: string } {
  if (out !== ".") return { root: resolve(projectRoot, out) };
  return relative(projectRoot, labDir) === "lab" ? { root: projectRoot, rootMark: "lab" } : { root: labDir, rootMark: "lab.ts" };
}

const progressTo = (silent: boolean) => (line: string) => {
  if (!silent && process.stderr.isTTY) process.stderr.write(`${line}\n`);
};
