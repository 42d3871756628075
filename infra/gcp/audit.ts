import { ProjectIamAuditConfig } from "@cdktf/provider-google/lib/project-iam-audit-config";
import type { TerraformStack } from "cdktf";
import type { Project } from "./project";

/** Every access to copies and keys is logged, reading included: a thief reads. */
export function auditAccess(stack: TerraformStack, project: Project): void {
  for (const service of ["storage.googleapis.com", "cloudkms.googleapis.com", "iam.googleapis.com", "sts.googleapis.com"])
    new ProjectIamAuditConfig(stack, `audit-${service.split(".")[0]}`, {
      project: project.id,
      service,
      auditLogConfig: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({ logType })),
    });
}
