import { importedOperators, type ImportedOperator } from "../../imports/operators";
import type { Release } from "../model/release";

/** The operators whose CRDs some releases ask for, each once; not those that every cluster has that could use them. */
export function askedOperators(releases: readonly Pick<Release, "app">[]): readonly ImportedOperator[] {
  const asked = new Set(releases.flatMap(({ app }) => app.crds));
  return importedOperators.filter(({ name, broughtBy }) => asked.has(name) && broughtBy === undefined);
}
