import type { Tree } from "../emit/tree";
import type { Lab } from "../model/lab";

/** What the launcher tells a command. */
export interface Context {
  readonly argv: readonly string[];
  /** The folder that the command was started in: outputs are written below it. */
  readonly projectRoot: string;
  /** The engine's own package. */
  readonly engineRoot: string;
  readonly labDir: string;
  /** What the repository's `infra/` folder makes of the lab; a repository may have none. */
  readonly infra?: ((lab: Lab) => Tree) | undefined;
  /** Keeps an outcome, so that the same command need not run again while nothing has changed. */
  readonly remember: (outcome: { readonly roots: readonly string[]; readonly text: string }) => void;
}
