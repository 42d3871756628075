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
  /** Of what stands, nobody knows any more who made it. */
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
  /** Who writes a path, by how a Mac sees it. */
  const claims = new Map<string, string>();
  const entries: (readonly [path: string, text: string])[] = [];
  const findings: Finding[] = [];
  const standing = standingOf(parts);
  const stands = lookup(standing);
  for (const { from, tree } of parts) {
    for (const entry of tree) {
      const [path, text] = entry;
      if (!isSafePath(path)) throw new Error(`${from} writes ${JSON.stringify(path)}, which is no relative path of plain names`);
      const folded = path.toLowerCase();
      const other = claims.get(folded) ?? (stands(folded) ? standsAlready : undefined);
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
    const file = parentsOf(folded).find((parent) => claims.has(parent) || stands(parent));
    if (file === undefined) fine.add(directory);
    else findings.push(claimedTwice(entries.find(([path]) => path.toLowerCase() === file)?.[0] ?? file, claims.get(file) ?? standsAlready, `${from} as a directory`));
  }
  const directories = new Set(claims.size === 0 ? [] : [...standing.keys()].flatMap((it) => [...parentsOf(it), it]));
  for (const directory of directories) {
    const from = claims.get(directory.toLowerCase());
    if (from !== undefined) findings.push(claimedTwice(directory, from, `${standsAlready} as a directory`));
  }
  if (findings.length > 0) throw new Refusal(findings);
  return { tree: new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1))), standing };
}

/** In the words of an error: what nobody had to make again. */
const standsAlready = "what was written before";

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

/** Whether a file of this path stands, given as a Mac sees it. */
function lookup(standing: StandingFiles): (folded: string) => boolean {
  if (standing.size === 0) return () => false;
  const directories = new Map<string, string[]>();
  for (const directory of standing.keys()) directories.set(directory.toLowerCase(), [...(directories.get(directory.toLowerCase()) ?? []), directory]);
  const names = new Map<string, ReadonlySet<string>>();
  return (folded) => {
    const at = directoryOf(folded);
    const beside = directories.get(at);
    if (beside === undefined) return false;
    const known = names.get(at) ?? new Set(beside.flatMap((it) => standing.get(it) ?? []).map((name) => name.toLowerCase()));
    names.set(at, known);
    return known.has(nameOf(folded));
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
