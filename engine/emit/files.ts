import * as fs from "node:fs";
import { join, sep } from "node:path";
import { error } from "../model/finding";
import { Refusal } from "./refusal";
import { directoryOf, parentsOf } from "./tree";

/** A symlink is "other", as is a socket: nothing follows it, reads it or removes it. */
export type Kind = "file" | "directory" | "other";

/**
 * The files below one root: the only way that synth touches the disk. Paths are those of a Tree, "" is the root itself.
 * Failures are the system's own errors; a path that leads through a symlink is a {@link Refusal}.
 */
export interface Files {
  kindOf(path: string): Kind | undefined;
  /** The names in a directory, sorted. */
  list(directory: string): readonly Entry[];
  read(path: string): Buffer;
  /** Whether a file begins with the text, without reading the rest. */
  beginsWith(path: string, text: string): boolean;
  /** Throws where the directory's entries may not be changed. */
  assertWritable(directory: string): void;
  makeRoot(): void;
  makeDirectory(path: string): void;
  /** Writes a new file; `durable` returns only once it would survive a power cut. */
  create(path: string, text: string, durability?: "durable"): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Leaves a directory alone that still holds something, or is gone. */
  removeEmptyDirectory(path: string): void;
}

export interface Entry {
  readonly name: string;
  readonly kind: Kind;
}

/** The real disk. Synchronous: with thousands of small files that is several times cheaper than promises. */
export class DiskFiles implements Files {
  /** Directories seen to be directories, so that each is looked at once. */
  private readonly directories = new Set<string>();

  private readonly root: string;

  /** The root itself may be, or lie behind, a symlink: it is the caller's word. */
  constructor(root: string) {
    this.root = fs.existsSync(root) ? fs.realpathSync(root) : root;
  }

  kindOf(path: string): Kind | undefined {
    const stats = fs.lstatSync(this.at(path), { throwIfNoEntry: false });
    return stats === undefined ? undefined : kindOf(stats);
  }

  list(directory: string): readonly Entry[] {
    const entries = fs.readdirSync(this.at(directory), { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) })).sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  read(path: string): Buffer {
    return fs.readFileSync(this.at(path));
  }

  beginsWith(path: string, text: string): boolean {
    const expected = Buffer.from(text);
    const found = Buffer.alloc(expected.length);
    const descriptor = fs.openSync(this.at(path), "r");
    try {
      return fs.readSync(descriptor, found) === expected.length && found.equals(expected);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  assertWritable(directory: string): void {
    fs.accessSync(this.at(directory), fs.constants.W_OK | fs.constants.X_OK);
  }

  makeRoot(): void {
    fs.mkdirSync(this.root, { recursive: true });
  }

  makeDirectory(path: string): void {
    fs.mkdirSync(this.at(path));
  }

  create(path: string, text: string, durability?: "durable"): void {
    const descriptor = fs.openSync(this.at(path), "wx");
    try {
      fs.writeFileSync(descriptor, text);
      if (durability === "durable") fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  rename(from: string, to: string): void {
    fs.renameSync(this.at(from), this.at(to));
  }

  remove(path: string): void {
    fs.unlinkSync(this.at(path));
  }

  removeEmptyDirectory(path: string): void {
    if (this.kindOf(path) !== "directory" || fs.readdirSync(this.at(path)).length > 0) return;
    fs.rmdirSync(this.at(path));
    this.directories.delete(path);
  }

  /** The absolute path, once no directory on the way is a symlink, which could lead out of the root. */
  private at(path: string): string {
    // Most files stand beside others.
    if (this.directories.has(directoryOf(path))) return `${this.root}${sep}${path}`;
    for (const parent of parentsOf(path)) {
      if (this.directories.has(parent)) continue;
      const stats = fs.lstatSync(join(this.root, parent), { throwIfNoEntry: false });
      if (stats === undefined) break;
      if (!stats.isDirectory()) throw new Refusal([notDirectory(parent)]);
      this.directories.add(parent);
    }
    return join(this.root, path);
  }
}

const kindOf = (stats: fs.Stats | fs.Dirent): Kind => (stats.isDirectory() ? "directory" : stats.isFile() ? "file" : "other");

/** Where a directory must be, stands something else: a file, or a symlink, which could lead out of the root. */
export const notDirectory = (path: string) =>
  error({ rule: "own-output", address: path, found: "a file or symlink", expected: "a directory", fix: "Move it away: synth follows no symlink" });
