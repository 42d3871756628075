import type { Effect } from "../effect";

/** Which jumps between versions a product's own documentation allows. Data: {@link jump} reads it. */
export interface UpgradePath {
  readonly product: string;
  /** The image whose tag is the product's version. */
  readonly image: RegExp;
  /** Most major versions at once. */
  readonly majors: number;
  /** Most minor versions at once within a major one; without it, any. */
  readonly minors?: number;
  /** Minor versions of every major one that nobody may jump over. */
  readonly stops?: readonly number[];
  /** What a jump that goes further comes to, and why. */
  readonly beyond: { readonly effect: Effect; readonly because: string };
  /** What going back to an earlier minor version comes to (an earlier major one, where `minors` is left out), and why. */
  readonly back: { readonly effect: Effect; readonly because: string };
  readonly source: string;
}
