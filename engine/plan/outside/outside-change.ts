import type { Verdict } from "../change";
import type { FieldChange } from "../field-change";

/** Most of it is only written down. */
export const onceApplied = "it holds from the next time that somebody applies it";

/** Something outside the clusters that is not the same on both sides: nothing syncs it, somebody runs a command. */
export interface OutsideChange {
  /** `infra/gcp-backup`: what is run as one. */
  readonly address: string;
  /** `google_storage_bucket.backups`, or the file. */
  readonly object: string;
  readonly path: string;
  readonly how: "added" | "changed" | "removed";
  readonly fields: readonly FieldChange[];
  readonly verdicts: readonly (Verdict & { readonly rule: string })[];
}
