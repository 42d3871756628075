import { error, type Finding } from "../model/finding";
import { Refusal } from "./refusal";

/** For the text of a file that is known to stand on the disk as it should. */
export const asItStands: unique symbol = Symbol("as it stands");

/** What is to be in a file. */
export type Content = string | typeof asItStands;

/** What is to stand on the disk: posix path, relative to the output's root → text. */
export type Tree<In extends Content = string> = ReadonlyMap<string, In>;

/** A tree and who made it, in the words of an error: `release forge/ollama`, `Deployment ollama/ollama (apps/v1)`. */
export interface Part<In extends Content = string> {
  readonly from: string;
  readonly tree: Tree<In>;
}

/**
 * All parts in one tree, sorted by path. Throws a {@link Refusal} with every path that two parts claim: paths that
 * differ only in case are one file on a Mac, and a file's path cannot be another's directory.
 */
export function mergeTrees<In extends Content>(parts: readonly Part<In>[]): Tree<In> {
  /** Who writes a path, by how a Mac sees it. */
  const claims = new Map<string, string>();
  const entries: (readonly [path: string, text: In])[] = [];
  const findings: Finding[] = [];
  for (const { from, tree } of parts) {
    for (const entry of tree) {
      const [path, text] = entry;
      if (text !== asItStands && !isSafePath(path)) throw new Error(`${from} writes ${JSON.stringify(path)}, which is no relative path of plain names`);
      const folded = path.toLowerCase();
      const other = claims.get(folded);
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
    const file = parentsOf(folded).find((parent) => claims.has(parent));
    if (file === undefined) fine.add(directory);
    else findings.push(claimedTwice(entries.find(([path]) => path.toLowerCase() === file)?.[0] ?? file, claims.get(file) ?? "", `${from} as a directory`));
  }
  if (findings.length > 0) throw new Refusal(findings);
  return new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * A merged tree with one more part, which stands in directories of its own: only what is beside it there is looked at. Throws as
 * {@link mergeTrees} does.
 */
export function withPart<In extends Content>(tree: Tree<In>, part: Part<In>): Tree<In> {
  const topOf = (path: string) => path.slice(0, path.indexOf("/")).toLowerCase();
  const tops = new Set([...part.tree.keys()].map(topOf));
  const beside = new Map<string, In>();
  for (const [path, text] of tree) if (tops.has(topOf(path))) beside.set(path, text);
  mergeTrees([{ from: "the clusters", tree: beside }, part]);
  const all = new Map(tree);
  for (const [path, text] of part.tree) all.set(path, text);
  return all;
}

/**
 * V8 keeps a text that was put together as a tree of its parts until somebody asks for a character of it. Asked for at once,
 * the parts die young: otherwise thousands of them per file are copied by one garbage collection after another.
 */
export function inOnePiece<In extends Content>(text: In): In {
  if (typeof text === "string") text.charCodeAt(0);
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

/** Every directory on the way to a path, outermost first: `a/b/c` → `a`, `a/b`. */
export function parentsOf(path: string): readonly string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) parents.push(path.slice(0, slash));
  return parents;
}
