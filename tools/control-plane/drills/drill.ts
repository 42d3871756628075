import { UserError } from "../user-error";
import type { Scene } from "./scene";

/** An accident, and what must come of it. */
export interface Drill<Stage = Scene> {
  /** For `--only`. */
  readonly name: string;
  /** A sentence that is true when the drill passes. */
  readonly says: string;
  /**
   * Makes the accident happen and looks at what comes of it; throws where that is not what it should be.
   * Whatever holds data must be there afterwards, unless `deleted` was told of it: what a documented step has deleted.
   */
  perform(scene: Stage, deleted: (names: readonly string[]) => void): Promise<void>;
}

/** Ends a drill where something is not as it should be. */
export function must(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new UserError(otherwise);
}
