import { HEADER } from "./header";
import type { Finding } from "../model/finding";

/** Where a lab's warnings stand, so that whoever reviews a change sees which come and which go. */
export const warningsPath = "docs/generated/warnings.md";

/** Everything that synth warns of, one line each: the page is there, too, where nothing is. */
export function warningsPage(findings: readonly Finding[]): string {
  const lines = findings.filter(({ severity }) => severity === "warning").map(lineOf);
  return `<!-- ${HEADER} -->\n# What synth warns of\n\n${lines.length ? [...new Set(lines)].sort().join("\n") : "Nothing."}\n`;
}

const lineOf = ({ address, rule, found, expected, fix }: Finding): string => `- ${address} (${rule}): ${found}; expected ${expected}. ${fix}.`.replace(/\s*\n\s*/g, " ");

/** The warnings of a page, without its marks. */
export const warningsOn = (page: string): readonly string[] => page.split("\n").flatMap((line) => (line.startsWith("- ") ? [line.slice(2)] : []));
