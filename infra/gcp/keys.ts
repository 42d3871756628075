import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import type { TerraformStack } from "cdktf";
import type { GoogleCloud } from "../../engine/model/offsite";
import { secondsOf } from "../../engine/model/quantity";
import { needs, type Project } from "./project";

/** A key that Cloud Storage may use, by whose copies it encrypts. */
export interface Key {
  readonly id: string;
  /** A bucket made before this would be refused its key. */
  readonly usable: KmsCryptoKeyIamMember;
}

/** How long a key that was scheduled for destruction can still be saved; without it, nothing that it encrypted is. */
const destroyAfter = `${secondsOf("30d")}s`;

/** One key for each owner of copies: a key that is withdrawn closes one cluster's copies. Keys and rings cannot be deleted for good. */
export function cryptoKeys(
  stack: TerraformStack,
  offsite: GoogleCloud,
  project: Project,
  ring: string,
  owners: readonly string[],
): ReadonlyMap<string, Key> {
  const keyRing = new KmsKeyRing(stack, "ring", {
    name: ring,
    location: keyLocationOf(offsite.location),
    dependsOn: needs(project, "cloudkms"),
    lifecycle: { preventDestroy: true },
  });
  // Cloud Storage's own account, which encrypts for whoever writes: https://cloud.google.com/storage/docs/encryption/using-customer-managed-keys
  const storage = new DataGoogleStorageProjectServiceAccount(stack, "storage-agent", {
    project: project.id,
    dependsOn: needs(project, "storage"),
  });
  return new Map(
    owners.map((owner) => {
      const key = new KmsCryptoKey(stack, `key-${owner}`, {
        name: owner,
        keyRing: keyRing.id,
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: `${secondsOf(offsite.keys.rotation)}s`,
        destroyScheduledDuration: destroyAfter,
        versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: offsite.keys.protection },
        lifecycle: { preventDestroy: true },
      });
      const usable = new KmsCryptoKeyIamMember(stack, `key-${owner}-storage`, {
        cryptoKeyId: key.id,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: `serviceAccount:${storage.emailAddress}`,
      });
      return [owner, { id: key.id, usable }];
    }),
  );
}

/** Multi-regions are called otherwise by Cloud KMS: https://cloud.google.com/storage/docs/encryption/customer-managed-keys#key-locations */
const multiRegions: Readonly<Record<string, string>> = { EU: "europe", US: "us", ASIA: "asia" };

const keyLocationOf = (location: string): string => multiRegions[location.toUpperCase()] ?? location.toLowerCase();
