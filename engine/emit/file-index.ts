import type { StandingFiles } from "./tree";

/** Files of one who made them together, so that they are recalled together. */
export interface IndexedPiece {
  readonly name: string;
  /** Digest of all their text. */
  readonly text: string;
  readonly files: StandingFiles;
}

/**
 * What stood in the owned directories when an earlier run was done, as git's index knows a work tree. It tells what is still the same
 * without reading it.
 */
export interface FileIndex {
  /** The files of a piece, where it came to this text. */
  files(name: string, text: string): StandingFiles | undefined;
  /** Whether nobody has touched one of a piece's files. */
  stands(name: string): boolean;
  /** How many files are in a directory, and the names of the directories there, where nothing has come or gone since. */
  folder(path: string): { readonly files: number; readonly folders: readonly string[] } | undefined;
  /** Keeps what stands now; returns a digest of it. */
  keep(now: Indexed): string;
}

/** When an output began to be compared with what stood, and when all was written, in milliseconds since 1970. */
export interface Compared {
  readonly began: number;
  readonly ended: number;
}

/** What stands once a run has written. */
export interface Indexed {
  /** Everything: what no run would recall together is a piece too, of no name. */
  readonly pieces: readonly IndexedPiece[];
  /** All directories, and whatever else is to be seen when it comes. */
  readonly folders: readonly string[];
  /** Files that were written, and directories in which something was written or removed. */
  readonly written: ReadonlySet<string>;
  readonly compared: Compared;
}
