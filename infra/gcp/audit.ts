import { ProjectIamAuditConfig } from "@cdktf/provider-google/lib/project-iam-audit-config";
import type { TerraformStack } from "cdktf";
import type { Project } from "./project";

/**
 * Every access to what is kept and to what may be asked is logged, reading included: a thief reads.
 * @param services as `storage` for `storage.googleapis.com`
 */
export function auditAccess(stack: TerraformStack, project: Project, services: readonly string[]): void {
  for (const service of services)
    new ProjectIamAuditConfig(stack, `audit-${service}`, {
      project: project.id,
      service: `${service}.googleapis.com`,
      auditLogConfig: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({ logType })),
    });
}
