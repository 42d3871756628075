import { backupTargets, bucketNameOf, type BackupTarget } from "../../engine/model/backup-target";
import type { S3Compatible } from "../../engine/model/offsite";
import { secondsOf } from "../../engine/model/quantity";
import type { World } from "../../engine/model/resolve";
import { writers } from "../../engine/model/writer";
import { daysOf } from "../gcp/lifecycle";
import { stateBucketOf } from "../state-bucket";

/** A call of S3's own API, as `aws s3api <operation> --cli-input-json <input>` takes it. */
export interface S3Request {
  readonly operation: "create-bucket" | "put-bucket-versioning" | "put-object-lock-configuration" | "put-bucket-lifecycle-configuration";
  readonly input: Readonly<Record<string, unknown>>;
}

/** Uploads that were never finished cost as if they were, and nobody sees them. */
const unfinished = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };

/** The state's bucket first, because Terraform asks for it; then one for every tool of every owner. Each can be asked for again. */
export const s3Requests = (world: World, offsite: S3Compatible): readonly S3Request[] => [
  ...stateBucket(offsite),
  ...backupTargets(world).flatMap((target) => backupBucket(target, offsite)),
];

const stateBucket = (offsite: S3Compatible): readonly S3Request[] => {
  const bucket = stateBucketOf(offsite);
  return [
    { operation: "create-bucket", input: { Bucket: bucket } },
    versions(bucket),
    lifecycle(bucket, { NoncurrentVersionExpiration: { NoncurrentDays: 365, NewerNoncurrentVersions: 10 } }),
  ];
};

/** What is written once is locked for as long as its plan says, where the service can; what its tool rewrites keeps its old versions. */
function backupBucket(target: BackupTarget, offsite: S3Compatible): readonly S3Request[] {
  const { writer, worth, plan } = target;
  const bucket = bucketNameOf(offsite, target);
  const held = worth === "precious" && offsite.objectLock ? plan.retain : undefined;
  const grown = writers[writer].deletes === "never" ? { Expiration: { Days: daysOf(plan.keep) } } : {};
  const old = secondsOf(offsite.softDelete) > 0 ? { NoncurrentVersionExpiration: { NoncurrentDays: daysOf(offsite.softDelete) } } : {};
  return [
    { operation: "create-bucket", input: { Bucket: bucket, ...(held ? { ObjectLockEnabledForBucket: true } : {}) } },
    ...(worth === "precious" ? [versions(bucket)] : []),
    ...(held
      ? [
          {
            operation: "put-object-lock-configuration" as const,
            input: {
              Bucket: bucket,
              ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: daysOf(held) } } },
            },
          },
        ]
      : []),
    lifecycle(bucket, { ...grown, ...(worth === "precious" ? old : {}) }),
  ];
}

const versions = (bucket: string): S3Request => ({
  operation: "put-bucket-versioning",
  input: { Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } },
});

const lifecycle = (bucket: string, rule: Readonly<Record<string, unknown>>): S3Request => ({
  operation: "put-bucket-lifecycle-configuration",
  input: {
    Bucket: bucket,
    LifecycleConfiguration: { Rules: [{ ID: "hearth", Status: "Enabled", Filter: { Prefix: "" }, ...rule, ...unfinished }] },
  },
});
