import { error, type Finding } from "../model/finding";
import { Refusal } from "./refusal";

/** What is to stand on the disk: posix path, relative to the output's root → text. */
export type Tree = ReadonlyMap<string, string>;

/** Files that are known to stand as they should, which nobody need look at one by one: by directory, their names. */
export type StandingFiles = ReadonlyMap<string, readonly string[]>;

/** All that is to stand. */
export interface Output {
  readonly tree: Tree;
  readonly standing: StandingFiles;
}

/** A tree and who made it, in the words of an error: `release forge/ollama`, `Deployment ollama/ollama (apps/v1)`. */
export interface Part {
  readonly from: string;
  readonly tree: Tree;
  /** What of it was written before, and stands. */
  readonly standing?: StandingFiles;
}

/** Of one who has nothing to write. */
export const nothing: Output = { tree: new Map(), standing: new Map() };

/**
 * All parts in one tree, sorted by path. Throws a {@link Refusal} with every path that two parts claim: paths that
 * differ only in case are one file on a Mac, and a file's path cannot be another's directory. What stands never claims
 * what else stands: it was written by one run.
 */
export function mergeTrees(parts: readonly Part[]): Output {
  const standing = standingWritersOf(parts);
  /** Who writes a path, by how a Mac sees it. */
  const claims = new Map<string, string>();
  const writerOf = (folded: string): string | undefined => claims.get(folded) ?? standing.ofFile(folded);
  const entries: (readonly [path: string, text: string])[] = [];
  const findings: Finding[] = [];
  for (const { from, tree } of parts) {
    for (const entry of tree) {
      const [path, text] = entry;
      if (!isSafePath(path)) throw new Error(`${from} writes ${JSON.stringify(path)}, which is no relative path of plain names`);
      const folded = path.toLowerCase();
      const other = writerOf(folded);
      if (other !== undefined) findings.push(claimedTwice(path, other, from));
      else {
        claims.set(folded, from);
        inOnePiece(text);
        entries.push(entry);
      }
    }
  }
  const fine = new Set<string>();
  for (const [folded, from] of claims) {
    const directory = directoryOf(folded);
    // Most files stand beside others.
    if (fine.has(directory)) continue;
    const file = parentsOf(folded).find((parent) => writerOf(parent) !== undefined);
    if (file === undefined) fine.add(directory);
    else findings.push(claimedTwice(entries.find(([path]) => path.toLowerCase() === file)?.[0] ?? file, writerOf(file) ?? "", `${from} as a directory`));
  }
  for (const [folded, from] of standing.ofDirectories) {
    const file = claims.get(folded);
    if (file !== undefined) findings.push(claimedTwice(folded, file, `${from} as a directory`));
  }
  if (findings.length > 0) throw new Refusal(findings);
  return { tree: new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1))), standing: standingOf(parts) };
}

/** All that stands of some parts. */
function standingOf(parts: readonly Part[]): StandingFiles {
  const all = new Map<string, string[]>();
  for (const { standing } of parts)
    for (const [directory, names] of standing ?? []) {
      const beside = all.get(directory);
      if (beside === undefined) all.set(directory, [...names]);
      else beside.push(...names);
    }
  return all;
}

/** Who wrote what stands, by how a Mac sees it. Of the names in a directory, only what is asked for is looked at. */
function standingWritersOf(parts: readonly Part[]) {
  const directories = new Map<string, (readonly [from: string, names: readonly string[]])[]>();
  const ofDirectories = new Map<string, string>();
  for (const { from, standing } of parts)
    for (const [directory, names] of standing ?? []) {
      const folded = directory.toLowerCase();
      for (const it of [...parentsOf(folded), folded]) ofDirectories.set(it, from);
      const beside = directories.get(folded);
      if (beside === undefined) directories.set(folded, [[from, names]]);
      else beside.push([from, names]);
    }
  const inDirectory = new Map<string, ReadonlyMap<string, string>>();
  return {
    ofDirectories,
    ofFile(folded: string): string | undefined {
      const directory = directoryOf(folded);
      const beside = directories.get(directory);
      if (beside === undefined) return undefined;
      const known = inDirectory.get(directory) ?? new Map(beside.flatMap(([from, names]) => names.map((name) => [name.toLowerCase(), from] as const)));
      inDirectory.set(directory, known);
      return known.get(nameOf(folded));
    },
  };
}

/**
 * What was merged with one more part, which stands in directories of its own: only what is beside it there is looked at. Throws as
 * {@link mergeTrees} does.
 */
export function withPart({ tree, standing }: Output, part: Part): Output {
  const topOf = (path: string) => path.split("/", 1)[0]?.toLowerCase();
  const tops = new Set([...part.tree.keys()].map(topOf));
  const isBeside = ([path]: readonly [string, unknown]) => tops.has(topOf(path));
  if (tops.size > 0) mergeTrees([{ from: "the clusters", tree: new Map([...tree].filter(isBeside)), standing: new Map([...standing].filter(isBeside)) }, part]);
  return { tree: new Map([...tree, ...part.tree]), standing: part.standing ? standingOf([{ from: "the clusters", tree, standing }, part]) : standing };
}

/**
 * V8 keeps a text that was put together as a tree of its parts until somebody asks for a character of it. Asked for at once,
 * the parts die young: otherwise thousands of them per file are copied by one garbage collection after another.
 */
export function inOnePiece(text: string): string {
  text.charCodeAt(0);
  return text;
}

/** Refuses a path that two write. */
export const claimedTwice = (path: string, first: string, second: string): Finding =>
  error({ rule: "one-writer-per-path", address: path, found: `written by ${first} and by ${second}`, expected: "one writer", fix: "Rename one of them" });

/** Whether the path leads down from the root, through names that every file system takes alike. */
export const isSafePath = (path: string): boolean => safePath.test(path);
const safePath = /^(?!\.\.?(?:\/|$))[\w.@+-]+(?:\/(?!\.\.?(?:\/|$))[\w.@+-]+)*$/;

/** The directory that a path is in; the root's is "". */
export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** What a path is called in its directory. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Every directory on the way to a path, outermost first: `a/b/c` → `a`, `a/b`. */
export function parentsOf(path: string): readonly string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) parents.push(path.slice(0, slash));
  return parents;
}
