/** Something that must hold, and what speaks against it. */
export interface Assertion {
  /** A sentence that is true when there are no problems. */
  readonly says: string;
  readonly problems: readonly string[];
}

/** The outcome as lines, the failures with their first causes and the sum last. */
export const assertionLines = (assertions: readonly Assertion[]): readonly string[] => [...assertions.flatMap(verdictLines), sumLine(assertions)];

/** One outcome: where it is a failure, with its first causes. */
export const verdictLines = ({ says, problems }: Assertion): readonly string[] =>
  problems.length === 0
    ? [`ok   ${says}`]
    : [`FAIL ${says}`, ...problems.slice(0, 10).map((problem) => `       ${problem}`), ...(problems.length > 10 ? [`       … and ${String(problems.length - 10)} more`] : [])];

function sumLine(assertions: readonly Assertion[]): string {
  const failed = assertions.filter(({ problems }) => problems.length > 0).length;
  return `${String(assertions.length - failed)} passed, ${String(failed)} failed`;
}
