import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { TerraformStack } from "cdktf";
import { bucketNameOf, type BackupTarget } from "../../engine/model/backup-target";
import type { GoogleCloud } from "../../engine/model/offsite";
import { secondsOf } from "../../engine/model/quantity";
import { accountOf } from "../../engine/model/writer-account";
import type { Key } from "./keys";
import { lifecycleRules } from "./lifecycle";

/** What every bucket of the lab is: private, encrypted with our key, undeletable by a slip. */
export const guarded = (offsite: GoogleCloud, key: Key) => ({
  location: offsite.location.toUpperCase(),
  storageClass: "STANDARD",
  uniformBucketLevelAccess: true,
  publicAccessPrevention: "enforced",
  forceDestroy: false,
  softDeletePolicy: { retentionDurationSeconds: secondsOf(offsite.softDelete) },
  encryption: { defaultKmsKeyName: key.id },
  dependsOn: [key.usable],
  lifecycle: { preventDestroy: true },
});

/**
 * The bucket of one tool's copies. Cloud Storage takes a retention period or versions, not both
 * (https://cloud.google.com/storage/docs/object-versioning): what is written once is held, what its tool rewrites is versioned.
 */
export function backupBucket(stack: TerraformStack, offsite: GoogleCloud, target: BackupTarget, key: Key): StorageBucket {
  const { owner, writer, worth, plan } = target;
  const held = worth === "precious" ? plan.retain : undefined;
  return new StorageBucket(stack, `bucket-${accountOf(target)}`, {
    name: bucketNameOf(offsite, target),
    labels: { owner, writer, worth },
    ...guarded(offsite, key),
    lifecycleRule: lifecycleRules(writer, plan),
    ...(held ? { retentionPolicy: { retentionPeriod: secondsOf(held), isLocked: offsite.retention === "locked" } } : {}),
    versioning: { enabled: held === undefined && worth === "precious" },
  });
}
