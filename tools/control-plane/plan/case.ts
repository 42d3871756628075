import type { Manifest } from "../../../engine/model/manifest";
import type { Effect } from "../../../engine/plan/effect";

/** One change of one release, and what the plan says of it: its tests hold it to that, and a real API server to not having said less. */
export interface Case {
  /** The change in a few words, different for every case. */
  readonly title: string;
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
  readonly says: Effect;
  /** The rule behind it. */
  readonly rule: string;
  /** The API server refuses it. */
  readonly refused?: true;
  /** It allows more than before. */
  readonly opens?: true;
}

/** A case whose only object changes in one place. */
export const change = (title: string, says: Effect, rule: string, before: Manifest, after: Manifest, more: Partial<Case> = {}): Case => ({ title, says, rule, before: [before], after: [after], ...more });

/** A case that the API server refuses. */
export const refusal = (title: string, says: Effect, rule: string, before: Manifest, after: Manifest): Case => change(title, says, rule, before, after, { refused: true });
