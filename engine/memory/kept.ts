import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../emit/files";
import type { Tree } from "../emit/tree";
import type { AllKeptLooks } from "./looks";
import type { Outcome } from "./past";

/** Files that one run leaves to the next one: all but their text, which stands where it was written. */
export interface KeptFiles {
  /** Fingerprint of what they are always made from: what is the same for all clusters, and a cluster's own. */
  readonly key: string;
  /** What was read besides, and the fingerprint of what that found. */
  readonly reads: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
  /** Digest of what the disk told of them, where that is enough to know them again. */
  readonly stamp?: string;
  /** Digest of all their text. */
  readonly text: string;
}

/** Those of a cluster, and what it came to. */
export interface KeptCluster extends KeptFiles, Outcome {}

/** Those that are made outside the clusters, and the releases of which they follow. */
export interface KeptOutside extends KeptFiles {
  /** By address, fingerprints of all of a release and of what can be seen of it from outside. */
  readonly releases: Readonly<Record<string, readonly [whole: string, outside: string]>>;
}

/** Where it is kept: a file for each cluster, one for what is outside them, and one for what checks found. */
export class Shelf {
  /** @param engine digest of the engine: what another one kept may look otherwise, and nothing of it would be recalled */
  constructor(private readonly directory: string, private readonly engine: string) {}

  cluster(name: string): KeptCluster | undefined {
    return this.read(`cluster-${name}`) as KeptCluster | undefined;
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
  write(name: string, kept: KeptFiles | AllKeptLooks): void {
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

/**
 * A file that changed in the last moment could change once more without the disk's clock, which ticks a hundred times a second,
 * telling it: what it tells does not count, and the file is read. In milliseconds.
 */
const tooYoung = 20;

/**
 * Digest of what the disk tells of files. Undefined where one is not there, or so young that it would not tell a later change.
 * @param told gets it for each of the others
 */
export function stampOf(files: Files, paths: readonly string[], told: Map<string, string>): string | undefined {
  const youngest = Date.now() - tooYoung;
  let all = "";
  let isTold = true;
  for (const path of paths) {
    const stamp = files.stampOf(path);
    if (stamp === undefined || stamp.changedAt > youngest) isTold = false;
    else told.set(path, stamp.text);
    all += `${stamp?.text}\n`;
  }
  return isTold ? createHash("sha1").update(all).digest("base64") : undefined;
}

/** What is kept of some files. */
export function filesOf(trees: readonly Tree[]): Pick<KeptFiles, "paths" | "text"> {
  const hash = createHash("sha1");
  const paths: string[] = [];
  for (const tree of trees)
    for (const [path, text] of tree) {
      paths.push(path);
      hash.update(`${path}\0${text}\0`);
    }
  return { paths, text: hash.digest("base64") };
}

/** Whether files stand as they were kept: by what the disk tells of them, else by every byte. */
export function stands({ paths, stamp, text }: KeptFiles, files: Files, told: Map<string, string>): "untouched" | "same" | "changed" {
  if (stamp !== undefined && stampOf(files, paths, told) === stamp) return "untouched";
  if (!paths.every((path) => files.kindOf(path) === "file")) return "changed";
  return filesOf([new Map(paths.map((path) => [path, files.read(path).toString()]))]).text === text ? "same" : "changed";
}
