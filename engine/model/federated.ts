import type { BackupTarget } from "./backup-target";
import type { GoogleCloud } from "./offsite";
import type { Site } from "./site";
import { accountOf } from "./writer-account";

/** Mounted beside the token that it names, it tells Google's libraries whom a pod's own token stands for. */
export interface Federation {
  readonly audience: string;
  readonly json: string;
}

/** Where the token is mounted. */
export const tokenDirectory = "/var/run/secrets/google";

/**
 * Without a key: pods show their own token, and act as the account that may write to one bucket.
 * https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes
 */
export function federated({ lab, cluster }: Site, target: Pick<BackupTarget, "owner" | "writer" | "worth">, { project }: GoogleCloud, projectNumber: string | undefined): Federation {
  const pool = `//iam.googleapis.com/projects/${projectNumber ?? ""}/locations/global/workloadIdentityPools/${lab.name}-${cluster.name}/providers/kubernetes`;
  const account = `${accountOf(target)}@${project}.iam.gserviceaccount.com`;
  const json = {
    type: "external_account",
    audience: pool,
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: "https://sts.googleapis.com/v1/token",
    service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateAccessToken`,
    credential_source: { file: `${tokenDirectory}/token`, format: { type: "text" } },
  };
  // Google takes a token for this audience unless the provider lists others: https: before the pool's name.
  return { audience: `https:${pool}`, json: `${JSON.stringify(json, undefined, 2)}\n` };
}

/** Whom a pod calls that writes there. */
export const federatedHosts = ["storage.googleapis.com", "sts.googleapis.com", "iamcredentials.googleapis.com"] as const;
