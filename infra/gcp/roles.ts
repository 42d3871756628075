import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import type { TerraformStack } from "cdktf";
import { needs, type Project } from "./project";

/** What can be allowed on a bucket. Google's own roles all grant more than one of these. */
export interface Roles {
  /** Write what is not there yet. Replacing an object would need `prune`. */
  readonly append: ProjectIamCustomRole;
  readonly read: ProjectIamCustomRole;
  readonly prune: ProjectIamCustomRole;
  /** Sign as an account; granted on that account alone. */
  readonly sign: ProjectIamCustomRole;
}

/** Permissions of objects and uploads in parts: https://cloud.google.com/storage/docs/access-control/iam-permissions */
export function backupRoles(stack: TerraformStack, project: Project): Roles {
  const role = (roleId: string, title: string, permissions: string[]) =>
    new ProjectIamCustomRole(stack, roleId, {
      project: project.id,
      roleId,
      title,
      permissions,
      stage: "GA",
      dependsOn: needs(project, "iam"),
    });
  return {
    append: role("hearthBackupAppend", "Write new copies", [
      "storage.multipartUploads.abort",
      "storage.multipartUploads.create",
      "storage.multipartUploads.listParts",
      "storage.objects.create",
    ]),
    read: role("hearthBackupRead", "Read copies", ["storage.buckets.get", "storage.objects.get", "storage.objects.list"]),
    prune: role("hearthBackupPrune", "Delete and replace copies", ["storage.objects.delete"]),
    sign: role("hearthBackupSign", "Sign links to copies", ["iam.serviceAccounts.signBlob"]),
  };
}
