import { error, type Finding } from "../model/finding";
import type { FileIndex } from "./file-index";
import { type Files, type Kind, notDirectory } from "./files";
import { markOf } from "./header";
import { isTemporary, mayReplace } from "./journal";
import { directoryOf, parentsOf, type Output, type StandingFiles, type Tree } from "./tree";

/** What synth may write in. */
export interface Ownership {
  /** Directories below the root that it writes and prunes in: `dist`, `argocd`. */
  readonly ownedDirs: readonly string[];
  /** What marks the root as a lab's own repository, where other things may stand: `lab`. */
  readonly rootMark?: string;
}

/** How an output differs from what stands on the disk; the lists are sorted. */
export interface Survey {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Files of ours that the output no longer has. */
  readonly pruned: readonly string[];
  readonly unchanged: number;
  /** What stands there besides and is not ours: it is left alone. */
  readonly foreign: readonly string[];
  /** Directories that stood there, ours and others. */
  readonly directories: readonly string[];
  /** What forbids to write. */
  readonly findings: readonly Finding[];
}

/**
 * Compares an output, byte for byte, with what stands in the owned directories below the root. Writes nothing.
 * @param index spares looking into directories in which nothing has come or gone
 */
export function survey(root: string, files: Files, { tree, standing }: Output, ownership: Ownership, index?: FileIndex): Survey {
  const found = foundIn(files, ownership.ownedDirs, standing, index);
  const added: string[] = [];
  const changed: string[] = [];
  const unchanged: string[] = [];
  const inTheWay: string[] = [];
  const vanished: string[] = [];
  const obstacles = new Set<string>();
  const obstacleBefore = obstaclesIn(found.kinds);
  const directories: string[] = [];
  const others = new Set<string>();
  for (const [path, kind] of found.kinds)
    if (kind === "directory") directories.push(path);
    else others.add(path);
  let known = 0;
  for (const [directory, names] of standing) {
    known += names.length;
    if (found.asTheyStand.has(directory)) continue;
    for (const name of names) {
      const path = `${directory}/${name}`;
      others.delete(path);
      const obstacle = obstacleBefore(path);
      if (obstacle !== undefined) obstacles.add(obstacle);
      else if (found.kinds.get(path) !== "file") vanished.push(path);
    }
  }
  for (const [path, text] of tree) {
    others.delete(path);
    const obstacle = obstacleBefore(path);
    if (obstacle !== undefined) obstacles.add(obstacle);
    else if (!found.kinds.has(path)) added.push(path);
    else if (found.kinds.get(path) === "file" && files.read(path).equals(Buffer.from(text))) unchanged.push(path);
    else if (mayReplace(files, path)) changed.push(path);
    else inTheWay.push(path);
  }
  const pruned = [...others].filter((path) => found.kinds.get(path) === "file" && files.beginsWith(path, markOf(path)));
  const gone = new Set(pruned);
  const findings = [...obstacles].map(notDirectory).concat(inTheWay.map(foreignFile), vanished.map(vanishedFile));
  if (obstacles.size === 0) findings.push(...foreignDirectories(root, files, tree, ownership, [...standing.keys(), ...changed, ...unchanged, ...pruned]));
  return { added: added.sort(), changed: changed.sort(), pruned: pruned.sort(), unchanged: known + unchanged.length, foreign: [...others].filter((path) => !gone.has(path)).sort(), directories, findings };
}

/** What stands in the way to a path, where there should be a directory. Most files are in one with others. */
function obstaclesIn(standing: ReadonlyMap<string, Kind>): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (path) => {
    const directory = directoryOf(path);
    if (!known.has(directory)) known.set(directory, parentsOf(path).find((parent) => isObstacle(standing.get(parent))));
    return known.get(directory);
  };
}

/** Everything that stands in the owned directories, and what stands where they or their parents should be. */
interface Found {
  /** All directories, and what is in those that were looked into. */
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Directories that need no look: each file there is one that stands as it should. */
  readonly asTheyStand: ReadonlySet<string>;
}

function foundIn(files: Files, ownedDirs: readonly string[], standing: StandingFiles, index: FileIndex | undefined): Found {
  const kinds = new Map<string, Kind>();
  const asTheyStand = new Set<string>();
  const visit = (directory: string): void => {
    kinds.set(directory, "directory");
    const folder = index?.folder(directory);
    if (folder?.files === (standing.get(directory)?.length ?? 0)) {
      asTheyStand.add(directory);
      for (const name of folder.folders) visit(`${directory}/${name}`);
      return;
    }
    for (const { name, kind } of files.list(directory)) {
      if (isTemporary(name)) continue;
      if (kind === "directory") visit(`${directory}/${name}`);
      else kinds.set(`${directory}/${name}`, kind);
    }
  };
  for (const owned of ownedDirs) {
    const obstacle = [...parentsOf(owned), owned].find((path) => isObstacle(files.kindOf(path)));
    if (obstacle !== undefined) kinds.set(obstacle, "other");
    else if (files.kindOf(owned) === "directory") visit(owned);
  }
  return { kinds, asTheyStand };
}

const isObstacle = (kind: Kind | undefined): boolean => kind === "file" || kind === "other";

/** Places that hold things and nothing of ours: most likely a slip in `--out`, and not ours to mix files into. */
function foreignDirectories(root: string, files: Files, tree: Tree, { ownedDirs, rootMark }: Ownership, ours: readonly string[]): readonly Finding[] {
  const isLab = rootMark !== undefined && files.kindOf(rootMark) !== undefined;
  if (ours.length === 0 && !isLab && visibleIn(files, "").length > 0) return [foreignDirectory(root, visibleIn(files, ""))];
  return ownedDirs
    .filter((owned) => isAbove(owned, tree.keys()) && !isAbove(owned, ours))
    .filter((owned) => visibleIn(files, owned).length > 0)
    .map((owned) => foreignDirectory(owned, visibleIn(files, owned)));
}

function isAbove(directory: string, paths: Iterable<string>): boolean {
  const start = `${directory}/`;
  for (const path of paths) if (path === directory || path.startsWith(start)) return true;
  return false;
}

/** Dot files do not count: a new repository has a `.git`. */
const visibleIn = (files: Files, directory: string): readonly string[] =>
  files.kindOf(directory) === "directory" ? files.list(directory).map((entry) => entry.name).filter((name) => !name.startsWith(".")) : [];

function foreignDirectory(address: string, names: readonly string[]): Finding {
  const found = `a directory that holds ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""} and no file that synth wrote`;
  return error({ rule: "own-output", address, found, expected: "no directory yet, an empty one, or output of an earlier synth", fix: "Choose another --out, or move these files away" });
}

const foreignFile = (address: string): Finding =>
  error({ rule: "own-output", address, found: "something that synth did not write", expected: `nothing, or a file that begins with ${JSON.stringify(markOf(address))}`, fix: "Move it away, or delete it for synth to write" });

const vanishedFile = (address: string): Finding =>
  error({ rule: "own-output", address, found: "no file, where one stood when this synth began", expected: "nobody else who writes there", fix: "Run npm run synth again" });
