import { Refusal } from "../emit/refusal";
import type { Finding } from "../model/finding";

/** Every finding, errors first, grouped by where they are, each with what to change. */
export function renderFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const errors = findings.filter((finding) => finding.severity === "error");
  const warnings = findings.filter((finding) => finding.severity === "warning");
  return [...errors.map(render), ...warnings.map(render)].join("\n") + `\n${counted(errors.length, "error")}, ${counted(warnings.length, "warning")}\n`;
}

const render = (finding: Finding): string =>
  [
    `${finding.severity === "error" ? "ERROR" : "warning"}  ${finding.address}  (${finding.rule})`,
    `  found     ${finding.found}`,
    `  expected  ${finding.expected}`,
    `  fix       ${finding.fix}`,
    "",
  ].join("\n");

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * Does what a command does. Where that is refused, the owner is told why, and the exit code is 1.
 * @param nothing what was not done then, in a sentence
 */
export async function refusing({ json, nothing }: { readonly json: boolean; readonly nothing: string }, act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    if (json) process.stdout.write(`${JSON.stringify({ findings: failure.findings })}\n`);
    else process.stderr.write(`${renderFindings(failure.findings)}${nothing}\n`);
    process.exitCode = 1;
  }
}
