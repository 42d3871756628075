import { error } from "../model/finding";
import type { FileIndex } from "./file-index";
import { DiskFiles, type Files } from "./files";
import { markOf } from "./header";
import * as journal from "./journal";
import type { Recovery } from "./journal";
import { Refusal } from "./refusal";
import { type Ownership, type Survey, survey } from "./survey";
import { isSafePath, nothing, parentsOf, type StandingFiles, type Tree } from "./tree";

export interface WriteOptions extends Ownership {
  /** Only tells what would be written. */
  readonly check?: boolean;
  /** What stands besides the tree, and is to. */
  readonly standing?: StandingFiles;
  /** What an earlier run knew of what stands. */
  readonly index?: FileIndex | undefined;
  /** The disk; tests bring one that fails. */
  readonly files?: Files;
}

/** What a write did, or with `check` would do. */
export type Written = Omit<Survey, "findings">;

/**
 * Puts an output right whose writer was killed: back to the old tree, or on to the new one where all of that was already
 * on the disk. Every command that reads output calls it first. Throws a {@link Refusal} where the disk refuses.
 */
export const recover = (root: string, files: Files = new DiskFiles(root)): Recovery => refusingPlainly(root, () => journal.recover(files));

/**
 * Makes the owned directories below `root` hold exactly the tree and what stands besides, and files that are not ours. What is already right
 * is not touched; a kill at any moment leaves the old tree or the new one once {@link recover} has run, as it does here first.
 * Throws a {@link Refusal}, with nothing written, where something foreign stands in the way or the disk refuses.
 */
export function writeTree(root: string, tree: Tree, options: WriteOptions): Written {
  assertOurs(tree, options.ownedDirs);
  const files = options.files ?? new DiskFiles(root);
  return refusingPlainly(root, () => {
    if (options.check !== true) journal.recover(files);
    else if (journal.isInterrupted(files)) throw new Refusal([interrupted(root)]);
    const { findings, ...written } = survey(root, files, { tree, standing: options.standing ?? nothing.standing }, options, options.index);
    if (findings.length > 0) throw new Refusal(findings);
    if (options.check !== true) put(files, tree, written);
    return written;
  });
}

function put(files: Files, tree: Tree, { added, changed, pruned }: Written): void {
  if (added.length + changed.length + pruned.length === 0) return;
  const directories = [...new Set(added.flatMap(parentsOf))].filter((path) => files.kindOf(path) === undefined).sort();
  journal.carryOut(files, { adds: added, writes: changed, prunes: pruned, directories }, (path) => textOf(tree, path));
}

function textOf(tree: Tree, path: string): string {
  const text = tree.get(path);
  if (text === undefined) throw new Error(`${path} is to be written, and nobody made its text`);
  return text;
}

/** A file without the mark would be written once, and be foreign ever after. */
function assertOurs(tree: Tree, ownedDirs: readonly string[]): void {
  for (const [path, text] of tree) {
    if (!isSafePath(path) || !ownedDirs.some((owned) => path.startsWith(`${owned}/`))) throw new Error(`${path} is in none of ${ownedDirs.join(", ")}`);
    if (!text.startsWith(markOf(path))) throw new Error(`${path} does not begin with ${JSON.stringify(markOf(path))}`);
  }
}

const interrupted = (root: string) =>
  error({ rule: "own-output", address: root, found: "output of a synth that was interrupted", expected: "whole output", fix: "Run npm run synth, which first finishes or undoes it" });

/** The system's errors are the owner's to mend: they become findings. */
function refusingPlainly<Result>(root: string, action: () => Result): Result {
  try {
    return action();
  } catch (failure) {
    throw isSystemError(failure) ? new Refusal([unwritable(root, failure)]) : failure;
  }
}

/** By its shape: an error of Node's own is of another realm than the code that jest runs. */
const isSystemError = (failure: unknown): failure is NodeJS.ErrnoException =>
  typeof failure === "object" && failure !== null && "code" in failure && "syscall" in failure;

const unwritable = (root: string, { message }: NodeJS.ErrnoException) =>
  error({ rule: "writable-output", address: root, found: message, expected: "a disk with room, and files and directories that synth may write", fix: "Mend that and run npm run synth again" });
