import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import type { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { TerraformStack } from "cdktf";
import type { BackupTarget } from "../../engine/model/backup-target";
import { resticLocks, writers } from "../../engine/model/writer";
import { accountOf } from "../../engine/model/writer-account";
import { needs, type Project } from "./project";
import type { Roles } from "./roles";

/** The account that one tool of one cluster writes as. It reaches its own bucket, and there no more than the tool must do. */
export function writerAccount(
  stack: TerraformStack,
  target: BackupTarget,
  bucket: StorageBucket,
  roles: Roles,
  project: Project,
): ServiceAccount {
  const name = accountOf(target);
  const { copies, reads, deletes, signs } = writers[target.writer];
  const account = new ServiceAccount(stack, `account-${name}`, {
    project: project.id,
    accountId: name,
    displayName: `Writes ${copies} of ${target.owner}`,
    dependsOn: needs(project, "iam"),
  });
  const allow = (may: "append" | "read" | "prune", condition?: { readonly title: string; readonly expression: string }) =>
    new StorageBucketIamMember(stack, `${may}-${name}`, {
      bucket: bucket.name,
      role: roles[may].name,
      member: account.member,
      ...(condition ? { condition } : {}),
    });
  allow("append");
  if (reads) allow("read");
  if (deletes === "anything") allow("prune");
  if (deletes === "locks")
    allow("prune", {
      title: "its own locks",
      expression: `resource.name.startsWith("projects/_/buckets/${bucket.name}/objects/${resticLocks}")`,
    });
  if (signs)
    new ServiceAccountIamMember(stack, `sign-${name}`, { serviceAccountId: account.name, role: roles.sign.name, member: account.member });
  return account;
}
