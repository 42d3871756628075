/** What things cost, as somebody read it on a day. A report without the day would be believed for too long. */
export interface Prices {
  /** The day on which all of these were read: `2026-11-21`. */
  readonly asOf: string;
  readonly currency: string;
  /** A GiB for a month in each class of the off-site store, where its buckets stand. */
  readonly storage: { readonly STANDARD: number; readonly NEARLINE: number; readonly COLDLINE: number; readonly ARCHIVE: number };
  /** A GiB fetched from there: what a restore costs. */
  readonly fetching: number;
  readonly electricityPerKwh: number;
  /** An hour of the machine that computes elsewhere, where the lab describes one. */
  readonly offloadPerHour?: number;
  /** Where each was read. */
  readonly sources: readonly string[];
}
