import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../emit/files";
import type { Tree } from "../emit/tree";
import type { Outcome } from "./past";

/** What a run leaves of one cluster to the next one: all but the text of its files, which stand where they were written. */
export interface Kept extends Outcome {
  /** Fingerprint of all that is the cluster's own or the same for every cluster. */
  readonly key: string;
  /** What it read of others besides, and the fingerprint of what that found. */
  readonly reads: Readonly<Record<string, string>>;
  /** Its files, and what the disk told of each, where that is enough to know it again. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Digest of all their text. */
  readonly text: string;
}

/** Where it is kept: a file for each cluster. */
export class Shelf {
  constructor(private readonly directory: string) {}

  read(cluster: string): Kept | undefined {
    try {
      return JSON.parse(readFileSync(this.fileOf(cluster), "utf8")) as Kept;
    } catch {
      // Nothing was kept, or it is not what was written: then the cluster is built.
      return undefined;
    }
  }

  /** Beside and renamed, because two runs may keep the same. */
  write(cluster: string, kept: Kept): void {
    mkdirSync(this.directory, { recursive: true });
    const fresh = `${this.fileOf(cluster)}-${process.pid}`;
    writeFileSync(fresh, JSON.stringify(kept));
    renameSync(fresh, this.fileOf(cluster));
  }

  private readonly fileOf = (cluster: string): string => join(this.directory, `${cluster}.json`);
}

/**
 * A file that changed in the last moment could change once more without the disk's clock, which ticks a hundred times a second,
 * telling it: such a stamp does not count, and the file is read. In milliseconds.
 */
const tooYoung = 50;

/** What the disk tells of each file, empty where that would not tell a later change. */
export function stampsOf(files: Files, paths: readonly string[]): Readonly<Record<string, string>> {
  const youngest = Date.now() - tooYoung;
  const told = paths.map((path) => {
    const stamp = files.stampOf(path);
    return [path, stamp === undefined || stamp.changedAt > youngest ? "" : stamp.text] as const;
  });
  return Object.fromEntries(told);
}

export function textOf(tree: Tree): string {
  const hash = createHash("sha1");
  for (const [path, text] of tree) hash.update(`${path}\0${text}\0`);
  return hash.digest("base64");
}

/** Whether files stand as they were kept: by what the disk tells of them, else by every byte. */
export function stands({ stamps, text }: Kept, files: Files): "untouched" | "same" | "changed" {
  const paths = Object.keys(stamps);
  if (paths.every((path) => stamps[path] !== "" && files.stampOf(path)?.text === stamps[path])) return "untouched";
  if (!paths.every((path) => files.kindOf(path) === "file")) return "changed";
  return textOf(new Map(paths.map((path) => [path, files.read(path).toString()]))) === text ? "same" : "changed";
}
