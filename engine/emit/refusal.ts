import type { Finding } from "../model/finding";
import { sentenceOf } from "../model/finding";

/** Thrown when nothing can or may be written: it carries everything that stands in the way, at once. */
export class Refusal extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(sentenceOf).join("\n"));
    this.name = "Refusal";
  }

  /** The same, with what the addresses are parts of before each of them. */
  within(address: string): Refusal {
    return new Refusal(this.findings.map((finding) => ({ ...finding, address: `${address}: ${finding.address}` })));
  }
}
