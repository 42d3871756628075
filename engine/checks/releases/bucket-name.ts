import { backupTargets, bucketNameOf, type BackupTarget } from "../../model/backup-target";
import { error, type Finding } from "../../model/finding";
import type { Offsite } from "../../model/offsite";
import { accountOf } from "../../model/writer-account";
import type { World } from "../../model/resolve";

/**
 * Names that Google Cloud takes. Buckets: https://cloud.google.com/storage/docs/buckets#naming (dots would ask for proof of a
 * domain, and S3 knows no underscore); accounts: https://cloud.google.com/iam/docs/service-accounts-create.
 */
export function bucketName(world: World): readonly Finding[] {
  const { backups } = world.lab;
  if (!backups) return [];
  const { offsite } = backups;
  return backupTargets(world).flatMap((target) => [...bucket(offsite, target), ...(offsite.kind === "gcs" ? account(target) : [])]);
}

function bucket(offsite: Offsite, target: BackupTarget): readonly Finding[] {
  const name = bucketNameOf(offsite, target);
  const reserved = offsite.kind === "gcs" && (name.startsWith("goog") || /g[o0]{2}g[l1]e/.test(name));
  if (/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name) && !reserved) return [];
  return [
    error({
      rule: "bucket-name",
      address: target.owner,
      found: `bucket ${JSON.stringify(name)} for ${target.writer}${name.length > 63 ? `, of ${name.length} characters` : ""}`,
      expected: reserved
        ? 'a name that neither begins with "goog" nor contains "google"'
        : "3 to 63 of a-z, 0-9 and -, with a letter or digit at both ends",
      fix: name.length > 63 ? "Shorten backups.offsite.bucketPrefix" : "Change backups.offsite.bucketPrefix",
    }),
  ];
}

const account = (target: BackupTarget): readonly Finding[] =>
  /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(accountOf(target))
    ? []
    : [
        error({
          rule: "bucket-name",
          address: target.owner,
          found: `service account ${JSON.stringify(accountOf(target))}, of ${accountOf(target).length} characters`,
          expected: "6 to 30 characters",
          fix: `Rename ${target.owner}: what ${target.writer} writes as cannot be named after it`,
        }),
      ];
