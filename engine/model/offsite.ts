import type { Bytes, Duration } from "./quantity";

/** Where copies go that survive the house: Google Cloud Storage, or anything that speaks S3. */
export type Offsite = GoogleCloud | S3Compatible;

interface OffsiteStore {
  /** Bucket names are one namespace for the whole world: every bucket's name begins with this, then a dash. */
  readonly bucketPrefix: string;
  /** What the lab's line can fetch in an hour: it decides how long a restore takes. */
  readonly restoresPerHour: Bytes;
  /** How long a deleted object, or bucket, can still be brought back. */
  readonly softDelete: Duration;
}

/** A project of its own on Google Cloud, which holds nothing but copies. */
export interface GoogleCloud extends OffsiteStore {
  readonly kind: "gcs";
  readonly project: string;
  /** `012345-567890-ABCDEF` */
  readonly billingAccount: string;
  /** A region, or a multi-region such as `EU`; keys stand in the same place. */
  readonly location: string;
  /** Who hears of a backup that did not come, and of costs. */
  readonly alertsTo: string;
  /** A month's worth in whole units; half, nine tenths and all of it are told. */
  readonly budget: { readonly amount: number; readonly currency: string };
  readonly keys: { readonly protection: "SOFTWARE" | "HSM"; readonly rotation: Duration };
  /**
   * Whether retention periods may still be shortened. `locked` can never be undone: a bucket then lives until its last object
   * may go, whoever asks.
   */
  readonly retention: "unlocked" | "locked";
}

/** A bucket service that speaks S3, as Backblaze B2, Cloudflare R2 or a friend's house. Its buckets are made from generated requests. */
export interface S3Compatible extends OffsiteStore {
  readonly kind: "s3";
  /** `https://s3.eu-central-003.backblazeb2.com` */
  readonly endpoint: string;
  readonly region: string;
  /** Whether it can refuse to delete before a date (S3 Object Lock): not every service can. */
  readonly objectLock: boolean;
}

/** Google Cloud with what an owner seldom changes filled in. */
export const googleCloud = (
  given: Pick<GoogleCloud, "project" | "billingAccount" | "location" | "bucketPrefix" | "alertsTo" | "budget"> & Partial<GoogleCloud>,
): GoogleCloud => ({
  kind: "gcs",
  // 100 Mbit/s, of which a fetch sees nine tenths.
  restoresPerHour: "38Gi",
  softDelete: "30d",
  keys: { protection: "SOFTWARE", rotation: "90d" },
  retention: "unlocked",
  ...given,
});

/** An S3-compatible service with what an owner seldom changes filled in. */
export const s3Compatible = (given: Pick<S3Compatible, "endpoint" | "region" | "bucketPrefix"> & Partial<S3Compatible>): S3Compatible => ({
  kind: "s3",
  restoresPerHour: "38Gi",
  softDelete: "30d",
  objectLock: true,
  ...given,
});
