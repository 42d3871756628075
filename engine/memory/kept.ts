import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FileIndex, IndexedPiece } from "../emit/file-index";
import type { Files } from "../emit/files";
import { directoryOf, nameOf, type StandingFiles, type Tree } from "../emit/tree";
import type { Built } from "../model/built";
import type { AllKeptLooks } from "./looks";
import type { Outcome } from "./past";

/** What one run leaves to the next one. */
interface Kept {
  /** Fingerprint of what it is always made from: what is the same for all clusters, and its own. */
  readonly key: string;
  /** What was read besides, and the fingerprint of what that found. */
  readonly reads: Readonly<Record<string, string>>;
}

/** Files: which, is in the {@link FileIndex}, and their text stands where it was written. */
export interface KeptFiles extends Kept {
  /** Digest of all their text. */
  readonly text: string;
}

/** Those of a cluster, and what it came to. */
export interface KeptCluster extends KeptFiles, Outcome {}

/** What a release was built to be. */
export interface KeptRelease extends Kept, Pick<Built, "manifests" | "findings"> {}

/** Those of a cluster, by address. */
export type KeptReleases = Readonly<Record<string, KeptRelease>>;

/** Those that are made outside the clusters, and the releases of which they follow. */
export interface KeptOutside extends KeptFiles {
  /** By address, fingerprints of all of a release and of what can be seen of it from outside. */
  readonly releases: Readonly<Record<string, readonly [whole: string, outside: string]>>;
}

/** Where it is kept: two files for each cluster, and one each for what is outside them, for CRDs and for what checks found. */
export class Shelf {
  /** @param engine digest of the engine: what another one kept may look otherwise, and nothing of it would be recalled */
  constructor(private readonly directory: string, private readonly engine: string) {}

  cluster(name: string): KeptCluster | undefined {
    return this.read(`cluster-${name}`) as KeptCluster | undefined;
  }

  /** Asked for only where the cluster itself cannot be recalled: it is much. */
  releases(cluster: string): KeptReleases {
    return (this.read(`releases-${cluster}`) as KeptReleases | undefined) ?? {};
  }

  looks(): AllKeptLooks {
    return (this.read("looks") as AllKeptLooks | undefined) ?? {};
  }

  outside(): KeptOutside | undefined {
    return this.read("outside") as KeptOutside | undefined;
  }

  files(name: string): KeptFiles | undefined {
    return this.read(name) as KeptFiles | undefined;
  }

  /** Beside and renamed, because two runs may keep the same. */
  write(name: string, kept: KeptFiles | KeptReleases | AllKeptLooks): void {
    mkdirSync(this.directory, { recursive: true });
    const fresh = `${this.fileOf(name)}-${process.pid}`;
    writeFileSync(fresh, JSON.stringify({ engine: this.engine, kept }));
    renameSync(fresh, this.fileOf(name));
  }

  private read(name: string): unknown {
    try {
      const { engine, kept } = JSON.parse(readFileSync(this.fileOf(name), "utf8")) as { readonly engine?: string; readonly kept?: unknown };
      return engine === this.engine ? kept : undefined;
    } catch {
      // Nothing was kept, or it is not what was written: then it is made.
      return undefined;
    }
  }

  private readonly fileOf = (name: string): string => join(this.directory, `${name}.json`);
}

/** Which files some trees are, and the digest of all their text. */
export function filesOf(trees: readonly Tree[]): Omit<IndexedPiece, "name"> {
  const texts = new Map(trees.flatMap((tree) => [...tree]));
  const files = byDirectory(texts.keys());
  return { files, text: digestOf(files, (path) => texts.get(path)) };
}

/** Files by their directories. */
export function byDirectory(paths: Iterable<string>): StandingFiles {
  const all = new Map<string, string[]>();
  for (const path of paths) {
    const directory = directoryOf(path);
    const names = all.get(directory);
    if (names === undefined) all.set(directory, [nameOf(path)]);
    else names.push(nameOf(path));
  }
  return all;
}

function digestOf(files: StandingFiles, textOf: (path: string) => string | undefined): string {
  const hash = createHash("sha1");
  for (const path of pathsOf(files)) hash.update(`${path}\0${textOf(path)}\0`);
  return hash.digest("base64");
}

const pathsOf = (files: StandingFiles): readonly string[] => [...files].flatMap(([directory, names]) => names.map((name) => `${directory}/${name}`));

/** The files of what was kept, where they stand as they were written: by the index, else by every byte. */
export function standing(name: string, { text }: KeptFiles, index: FileIndex, files: Files): StandingFiles | undefined {
  const known = index.files(name, text);
  return known && (index.stands(name) || isSame(known, text, files)) ? known : undefined;
}

function isSame(known: StandingFiles, text: string, files: Files): boolean {
  try {
    return pathsOf(known).every((path) => files.kindOf(path) === "file") && digestOf(known, (path) => files.read(path).toString()) === text;
  } catch {
    // What cannot be read, or lies behind a symlink, is told once it is to be written.
    return false;
  }
}
