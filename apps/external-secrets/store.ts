import { z } from "zod";

/**
 * How the vault knows who asks. A key is a Secret that must be there before anything else (docs/secrets.md); with federation
 * the vault trusts the cluster's own tokens, and nothing is kept.
 */
const authSetting = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("service-account-key"),
    /** The Secret in this release's namespace, and the key of it that holds Google's JSON. */
    secretName: z.string().default("gcp-secret-manager"),
    key: z.string().default("credentials.json"),
  }),
  z.strictObject({
    by: z.literal("workload-identity-federation"),
    /** The provider in Google's workload identity pool. */
    audience: z.string().regex(/^\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/[\w-]+\/providers\/[\w-]+$/, {
      error: "a pool's provider, //iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>",
    }),
    /** Google's service account to act as; without it, the federated identity itself has the rights. */
    serviceAccount: z.string().regex(/^[a-z0-9-]+@[a-z0-9-]+\.iam\.gserviceaccount\.com$/, { error: "a Google service account's address" }).optional(),
  }),
]);

/** One vault, as every namespace of the lab on this cluster may use it. */
export const storeSetting = z.strictObject({
  kind: z.literal("gcp-secret-manager"),
  projectID: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, { error: "a Google Cloud project id, such as hearth-vault" }),
  /** A region, where the secrets are regional ones. */
  location: z.string().optional(),
  auth: authSetting.prefault({ by: "service-account-key" }),
});

export type Store = z.output<typeof storeSetting>;

/** Google's Secret Manager: `gcpSecretManager({ projectID: "hearth-vault" })`. */
export const gcpSecretManager = (options: Omit<z.input<typeof storeSetting>, "kind">): z.input<typeof storeSetting> => ({ kind: "gcp-secret-manager", ...options });

/** The hosts that a store is reached at, by what they are for. */
export const hostsOf = (store: Store): Readonly<Record<string, string>> => ({
  // https://cloud.google.com/secret-manager/regional-secrets/data-residency: a regional endpoint answers for regional secrets.
  vault: store.location ? `secretmanager.${store.location}.rep.googleapis.com` : "secretmanager.googleapis.com",
  ...(store.auth.by === "service-account-key"
    ? { tokens: "oauth2.googleapis.com" }
    : { tokens: "sts.googleapis.com", ...(store.auth.serviceAccount ? { impersonation: "iamcredentials.googleapis.com" } : {}) }),
});
