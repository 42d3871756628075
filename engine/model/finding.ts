/** What is wrong with a lab, in the words its owner needs to mend it. The owner's mistakes are findings; our own mistakes throw. */
export interface Finding {
  /** The rule that was broken, as named in docs and tests: `gpu-fits`. */
  readonly rule: string;
  /** An error stops synth before anything is written; a warning is shown and counted. */
  readonly severity: "error" | "warning";
  /** Where: a release (`forge/ollama`), a cluster, a host, a network. */
  readonly address: string;
  readonly found: string;
  readonly expected: string;
  /** The change that would resolve it. */
  readonly fix: string;
}

/** A finding without its severity: rules report errors unless they say otherwise. */
export type Report = Omit<Finding, "severity">;

export const error = (report: Report): Finding => ({ ...report, severity: "error" });
export const warning = (report: Report): Finding => ({ ...report, severity: "warning" });

/** `attic/ollama: needs 48Gi … . Expected … . Choose a smaller model.` in one line. */
export const sentenceOf = (finding: Finding): string =>
  `${finding.address}: ${finding.found}; expected ${finding.expected}. ${finding.fix}.`;
