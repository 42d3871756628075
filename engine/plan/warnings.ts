import type { Tree } from "../emit/tree";
import { warningsOn, warningsPath } from "../emit/warnings-page";
import { comeAndGone } from "./come-and-gone";

/** What synth warns of on one side and not on the other, each in a line. */
export interface Warnings {
  readonly come: readonly string[];
  readonly go: readonly string[];
}

/** Nothing where the base says nothing of its warnings, because an older engine wrote it. */
export function warningsBetween(before: Tree, after: Tree): Warnings {
  const page = before.get(warningsPath);
  if (page === undefined && before.size > 0) return { come: [], go: [] };
  const { come, gone } = comeAndGone(warningsOn(page ?? ""), warningsOn(after.get(warningsPath) ?? ""));
  return { come, go: gone };
}
