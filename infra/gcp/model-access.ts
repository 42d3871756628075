import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Lab } from "../../engine/model/lab";
import { callerName, type ModelCaller, type Offload } from "../../engine/model/offload";
import { federate } from "./federation";
import { needs, type Project } from "./project";

/**
 * Pods that may ask a model, and do nothing else: no tuning, no endpoints, no data. Google's smallest own role grants hundreds of
 * permissions; a prompt takes one: https://cloud.google.com/vertex-ai/generative-ai/docs/access-control
 */
export function modelAccess(stack: TerraformStack, lab: Lab, { region }: Offload, callers: readonly ModelCaller[], project: Project): void {
  const role = new ProjectIamCustomRole(stack, "ask", {
    project: project.id,
    roleId: "hearthAskModels",
    title: "Ask models",
    permissions: ["aiplatform.endpoints.predict"],
    stage: "GA",
    dependsOn: needs(project, "iam"),
  });
  for (const cluster of [...new Set(callers.map((it) => it.cluster))].sort()) {
    const own = callers.filter((it) => it.cluster === cluster);
    const who = own.map((caller) => {
      const name = callerName(caller);
      return { name, namespace: caller.namespace, account: caller.account, as: asking(stack, role, name, cluster, project) };
    });
    const pool = federate(stack, lab.name, cluster, who, project);
    for (const { name, as } of who)
      new TerraformOutput(stack, `credentials-${name}`, {
        description: `For GOOGLE_APPLICATION_CREDENTIALS of ${name}: what says whom its token stands for. Models answer at ${region}-aiplatform.googleapis.com`,
        value: credentials(pool, as),
      });
  }
}

/** Models of Google's have no owner in the project: the right to ask them stands on the project, which holds nothing else. */
function asking(stack: TerraformStack, role: ProjectIamCustomRole, name: string, cluster: string, project: Project): ServiceAccount {
  const account = new ServiceAccount(stack, `account-${name}`, {
    project: project.id,
    accountId: name,
    displayName: `Asks models for ${cluster}`,
    dependsOn: needs(project, "aiplatform"),
  });
  new ProjectIamMember(stack, `ask-${name}`, { project: project.id, role: role.name, member: account.member });
  return account;
}

/** Where a pod finds its own token, whose audience is `https:` before the provider's name. */
const tokenFile = "/var/run/secrets/google/token";

/** https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes: no secret is in it. */
const credentials = (provider: string, { email }: ServiceAccount): string =>
  JSON.stringify({
    type: "external_account",
    audience: `//iam.googleapis.com/${provider}`,
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: "https://sts.googleapis.com/v1/token",
    service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
    credential_source: { file: tokenFile, format: { type: "text" } },
  });
