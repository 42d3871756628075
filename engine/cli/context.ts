import type { FileIndex } from "../emit/file-index";
import type { Tree } from "../emit/tree";
import type { Code } from "../memory/fingerprint";

/** What the launcher tells a command. */
export interface Context {
  readonly argv: readonly string[];
  /** The folder that the command was started in: outputs are written below it. */
  readonly projectRoot: string;
  /** The engine's own package. */
  readonly engineRoot: string;
  readonly labDir: string;
  readonly infra?: Infra | undefined;
  /** What clusters came to in earlier runs, and by which code; without it, everything is built. */
  readonly memory?: { readonly directory: string; readonly code: Code; readonly indexOf: (file: string, root: string) => FileIndex };
  /** Keeps an outcome, so that the same command need not run again while nothing has changed. */
  readonly remember: (outcome: Remembered) => void;
}

/** What the repository's `infra/` folder, which a repository need not have, makes of the lab. */
export interface Infra {
  /** Digest of its code, where that is what it was in the last run. */
  readonly code: string | undefined;
  /** Begins to make it, beside whatever else this process does; the result waits for it. */
  start(): () => Promise<InfraFiles>;
}

export interface InfraFiles {
  readonly files: Tree;
  /** What of the releases it was made from, besides what all of it is made from. */
  readonly reads: readonly string[];
  /** Digest of the code that made it. */
  readonly code: string;
}

export interface Remembered {
  readonly text: string;
  readonly root: string;
  /** Where it is kept what stands below the root, and the digest of that. */
  readonly index: { readonly file: string; readonly digest: string };
}
