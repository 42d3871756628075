import type { Content, Tree } from "../emit/tree";
import type { Code } from "../memory/fingerprint";

/** What the launcher tells a command. */
export interface Context {
  readonly argv: readonly string[];
  /** The folder that the command was started in: outputs are written below it. */
  readonly projectRoot: string;
  /** The engine's own package. */
  readonly engineRoot: string;
  readonly labDir: string;
  /** Begins to make what the repository's `infra/` folder, which a repository need not have, makes of the lab; the result waits for the files. */
  readonly infra?: (() => () => Promise<Tree>) | undefined;
  /** What clusters came to in earlier runs, and by which code; without it, everything is built. */
  readonly memory?: { readonly directory: string; readonly code: Code };
  /** Keeps an outcome, so that the same command need not run again while nothing has changed. */
  readonly remember: (outcome: { readonly roots: readonly string[]; readonly text: string; readonly root: string; readonly tree: Tree<Content>; readonly foreign: readonly string[]; readonly stamps: ReadonlyMap<string, string> }) => void;
}
