import { dump } from "js-yaml";
import { pathText, type FieldChange } from "../field-change";
import type { Difference, Plan } from "../plan";

/** The same fields of several objects, told once: `- before`, `+ after`, as in a diff. */
export interface DifferenceFold {
  readonly files: readonly string[];
  readonly lines: readonly string[];
}

/** What differs in files that both sides have; files that come or go are only counted. Checksums of configuration are left out: the configuration itself is there. */
export function differenceFolds({ units }: Plan): readonly DifferenceFold[] {
  const folds = new Map<string, { files: string[]; lines: readonly string[] }>();
  for (const { differences } of units)
    for (const difference of differences.filter(({ how }) => how === "changed")) {
      const lines = linesOf(difference);
      if (lines.length === 0) continue;
      const key = lines.join("\n");
      const known = folds.get(key) ?? { files: [], lines };
      const file = difference.path.endsWith(".json") ? `${difference.path} ${difference.object}` : difference.path;
      // Definitions stand in one folder, whoever syncs it.
      if (!known.files.includes(file)) known.files.push(file);
      folds.set(key, known);
    }
  return [...folds.values()];
}

/** How many files come and go. */
export function filesThat(how: "added" | "removed", { units }: Plan): number {
  return units.flatMap(({ differences }) => differences).filter((it) => it.how === how).length;
}

const linesOf = ({ fields }: Difference): readonly string[] =>
  fields.filter(({ path }) => !path.some((step) => step.startsWith("checksum/"))).flatMap((field) => [`  ${pathText(field.path)}`, ...valueLines(field)]);

function valueLines({ before, after }: FieldChange): readonly string[] {
  const [was, is] = [textLines(before), textLines(after)];
  // Of a long text only the part that differs is worth a look.
  let start = 0;
  while (start < was.length && start < is.length && was[start] === is[start]) start += 1;
  let end = 0;
  while (end < was.length - start && end < is.length - start && was[was.length - 1 - end] === is[is.length - 1 - end]) end += 1;
  return [...was.slice(start, was.length - end).map((line) => `-   ${line}`), ...is.slice(start, is.length - end).map((line) => `+   ${line}`)];
}

const textLines = (value: unknown): readonly string[] => (value === undefined ? [] : typeof value === "string" ? value.replace(/\n$/, "").split("\n") : dump(value, { lineWidth: -1 }).trimEnd().split("\n"));
