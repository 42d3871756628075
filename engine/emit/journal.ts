import { error } from "../model/finding";
import { markOf } from "./header";
import type { Files } from "./files";
import { Refusal } from "./refusal";
import { isSafePath, parentsOf } from "./tree";

/** What one write is going to do; all of it is in the journal before any of it is done. */
export interface Plan {
  /** Files of which none stands yet: they are written where they belong. */
  readonly adds: readonly string[];
  /** Files that replace others. */
  readonly writes: readonly string[];
  readonly prunes: readonly string[];
  /** Directories to make, outermost first. */
  readonly directories: readonly string[];
}

/** Stands while new files are prepared, those that replace others under temporary names: what it lists can be undone, for nothing was replaced yet. */
const PREPARING = ".hearth-journal";
/** Stands from when all is prepared until all is in place: what it lists can be finished. One rename makes the former the latter. */
const PREPARED = ".hearth-journal.prepared";

/** Where there is one of these, a write was interrupted, or is at work. */
export const journals: readonly string[] = [PREPARING, PREPARED];

/** Beside its target, so that renaming it never crosses file systems. */
const temporaryOf = (path: string, index: number): string => path.replace(/[^/]*$/, `.hearth-${index}.tmp`);

/** Whether a name is one that only an interrupted write leaves behind. */
export const isTemporary = (name: string): boolean => /^\.hearth-\d+\.tmp$/.test(name);

/** Whether a write below the root was interrupted, and not yet recovered from. */
export const isInterrupted = (files: Files): boolean => journals.some((journal) => files.kindOf(journal) !== undefined);

/** What {@link recover} found to do. */
export type Recovery = "nothing" | "undone" | "finished";

/** Puts right what a write that was killed left behind: undoes what was being prepared, finishes what was prepared. */
export function recover(files: Files): Recovery {
  if (files.kindOf(PREPARED) !== undefined) {
    finish(files, readPlan(files, PREPARED) ?? refuseJournal(), unlessGone);
    return "finished";
  }
  if (files.kindOf(PREPARING) === undefined) return "nothing";
  undo(files);
  return "undone";
}

/** Carries a plan out, `textOf` giving the new files; where preparing fails, puts all back and throws what failed. */
export function carryOut(files: Files, plan: Plan, textOf: (path: string) => string): void {
  files.makeRoot();
  if (isInterrupted(files)) throw new Refusal([beingWritten()]);
  try {
    prepare(files, plan, textOf);
  } catch (failure) {
    undoIfPossible(files);
    throw failure;
  }
  finish(files, plan);
}

/**
 * Only the journal is forced to the disk: a kill loses no write that the system has taken. A power cut may, and then the
 * next synth, which compares every byte, writes those files again.
 */
function prepare(files: Files, plan: Plan, textOf: (path: string) => string): void {
  files.create(PREPARING, JSON.stringify(plan), "durable");
  for (const directory of plan.directories) files.makeDirectory(directory);
  for (const directory of new Set(plan.prunes.map((path) => path.replace(/\/?[^/]*$/, "")))) files.assertWritable(directory);
  for (const path of plan.adds) files.create(path, textOf(path));
  plan.writes.forEach((path, index) => {
    createAnew(files, temporaryOf(path, index), textOf(path));
  });
  files.rename(PREPARING, PREPARED);
}

/** What cannot be undone now, on a failing disk, the journal tells the next command to undo. */
function undoIfPossible(files: Files): void {
  try {
    undo(files);
  } catch {
    return;
  }
}

/** A plan that cannot be read was killed while it was written down, before anything that it lists was done. */
function undo(files: Files): void {
  if (files.kindOf(PREPARING) === undefined) return;
  const plan = readPlan(files, PREPARING);
  plan?.writes.forEach((path, index) => removeIfThere(files, temporaryOf(path, index)));
  for (const path of plan?.adds ?? []) if (isBegun(files, path)) files.remove(path);
  for (const directory of plan?.directories.toReversed() ?? []) files.removeEmptyDirectory(directory);
  files.remove(PREPARING);
}

/**
 * What became someone else's since is left alone.
 * @param step how to take each step: one may have been taken before, by the run that was killed
 */
function finish(files: Files, plan: Plan, step: (action: () => void) => void = (action) => action()): void {
  for (const path of plan.prunes) if (files.kindOf(path) === "file" && files.beginsWith(path, markOf(path))) files.remove(path);
  plan.writes.forEach((path, index) => {
    const temporary = temporaryOf(path, index);
    step(() => (mayReplace(files, path) ? files.rename(temporary, path) : files.remove(temporary)));
  });
  const emptied = new Set(plan.prunes.flatMap(parentsOf));
  for (const directory of [...emptied].sort((left, right) => right.length - left.length)) files.removeEmptyDirectory(directory);
  files.remove(PREPARED);
}

/** Whether nothing stands there, or a file that synth wrote, or an empty one, as a power cut leaves behind. */
export function mayReplace(files: Files, path: string): boolean {
  const kind = files.kindOf(path);
  return kind === undefined || (kind === "file" && (files.beginsWith(path, markOf(path)) || files.read(path).length === 0));
}

/** Over a temporary file that an earlier run left, which is rare: so none is looked for before. */
function createAnew(files: Files, temporary: string, text: string): void {
  try {
    files.create(temporary, text);
  } catch (problem) {
    if (!isProblem(problem, "EEXIST")) throw problem;
    files.remove(temporary);
    files.create(temporary, text);
  }
}

/** What is gone was put in place before. */
function unlessGone(action: () => void): void {
  try {
    action();
  } catch (problem) {
    if (!isProblem(problem, "ENOENT")) throw problem;
  }
}

const isProblem = (problem: unknown, code: string): boolean => typeof problem === "object" && problem !== null && "code" in problem && problem.code === code;

/** Whether a file stands there that synth wrote, or had begun to when it was killed. */
function isBegun(files: Files, path: string): boolean {
  if (files.kindOf(path) !== "file") return false;
  return files.beginsWith(path, markOf(path)) || markOf(path).startsWith(files.read(path).toString());
}

function removeIfThere(files: Files, path: string): void {
  if (files.kindOf(path) !== undefined) files.remove(path);
}

function readPlan(files: Files, journal: string): Plan | undefined {
  try {
    const plan: Partial<Plan> = JSON.parse(files.read(journal).toString());
    const { adds, writes, prunes, directories } = plan;
    return arePaths(adds) && arePaths(writes) && arePaths(prunes) && arePaths(directories) ? { adds, writes, prunes, directories } : undefined;
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

const arePaths = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((path) => typeof path === "string" && isSafePath(path));

const beingWritten = () =>
  error({ rule: "own-output", address: PREPARING, found: "another synth at work", expected: "one at a time", fix: "Wait for it to end" });

function refuseJournal(): never {
  const [found, expected] = ["a journal that cannot be read", "the journal of an interrupted synth"];
  throw new Refusal([error({ rule: "own-output", address: PREPARED, found, expected, fix: "Delete it, then run npm run synth" })]);
}
