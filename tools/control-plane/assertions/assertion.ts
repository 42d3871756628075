/** Something that must hold, and what speaks against it. */
export interface Assertion {
  /** A sentence that is true when there are no problems. */
  readonly says: string;
  readonly problems: readonly string[];
}

/** The outcome as lines, the failures with their first causes and the sum last. */
export function assertionLines(assertions: readonly Assertion[]): readonly string[] {
  const failed = assertions.filter(({ problems }) => problems.length > 0);
  return [
    ...assertions.flatMap(({ says, problems }) =>
      problems.length === 0
        ? [`ok   ${says}`]
        : [`FAIL ${says}`, ...problems.slice(0, 10).map((problem) => `       ${problem}`), ...(problems.length > 10 ? [`       … and ${String(problems.length - 10)} more`] : [])],
    ),
    `${String(assertions.length - failed.length)} passed, ${String(failed.length)} failed`,
  ];
}
