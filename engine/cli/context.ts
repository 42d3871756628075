import type { Tree } from "../emit/tree";
import type { World } from "../model/resolve";

/** What the launcher tells a command. */
export interface Context {
  readonly argv: readonly string[];
  /** The folder that the command was started in: outputs are written below it. */
  readonly projectRoot: string;
  /** The engine's own package. */
  readonly engineRoot: string;
  readonly labDir: string;
  /** Begins to read the repository's `infra/` folder, which a repository need not have; the result makes its files of the lab. */
  readonly infra?: (() => (world: World) => Promise<Tree>) | undefined;
  /** Keeps an outcome, so that the same command need not run again while nothing has changed. */
  readonly remember: (outcome: { readonly roots: readonly string[]; readonly text: string; readonly root: string; readonly tree: Tree }) => void;
}
