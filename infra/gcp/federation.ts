import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider";
import type { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { needs, type Project } from "./project";

/** Who proves to be someone with its own token: `system:serviceaccount:velero:velero`. */
export interface Impersonation {
  readonly name: string;
  readonly namespace: string;
  readonly account: string;
  readonly as: ServiceAccount;
}

/** What a cluster's API server calls itself in tokens, unless told otherwise: kubeadm's default and k3s'. */
const issuer = "https://kubernetes.default.svc.cluster.local";

/**
 * Lets pods of one cluster call without a key: they show their own token. Google cannot reach the cluster, so it is given the
 * public half of what signs tokens, as a variable. One pool for each cluster, because every cluster has a velero/velero.
 * https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes
 * @returns the provider's full name, which tokens are exchanged at
 */
export function federate(stack: TerraformStack, lab: string, cluster: string, who: readonly Impersonation[], project: Project): string {
  const pool = new IamWorkloadIdentityPool(stack, `pool-${cluster}`, {
    project: project.id,
    workloadIdentityPoolId: `${lab}-${cluster}`,
    displayName: `Pods on ${cluster}`,
    dependsOn: needs(project, "sts"),
  });
  const jwks = new TerraformVariable(stack, `jwks_${cluster.replaceAll("-", "_")}`, {
    type: "string",
    description: `Public keys of ${cluster}'s tokens: kubectl --context ${cluster} get --raw /openid/v1/jwks`,
  });
  const subjects = who.map((it) => `system:serviceaccount:${it.namespace}:${it.account}`);
  const provider = new IamWorkloadIdentityPoolProvider(stack, `provider-${cluster}`, {
    project: project.id,
    workloadIdentityPoolId: pool.workloadIdentityPoolId,
    workloadIdentityPoolProviderId: "kubernetes",
    attributeMapping: { "google.subject": "assertion.sub" },
    attributeCondition: `assertion.sub in [${subjects.map((subject) => `'${subject}'`).join(", ")}]`,
    oidc: { issuerUri: issuer, jwksJson: jwks.stringValue },
  });
  who.forEach(({ name, as }, index) => {
    new ServiceAccountIamMember(stack, `token-${name}`, {
      serviceAccountId: as.name,
      role: "roles/iam.workloadIdentityUser",
      member: `principal://iam.googleapis.com/${pool.name}/subject/${subjects[index]}`,
    });
  });
  return provider.name;
}
