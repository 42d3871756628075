import type { Chart } from "cdk8s";
import { z } from "zod";
import type { SecretGrant } from "../../engine/model/grants";
import { internet, vault, type InternetPeer, type VaultSecret } from "../../engine/model/needs";
import { ClusterIssuer } from "../../imports/cert-manager";

const account = {
  /** Let's Encrypt writes here when a certificate is about to expire unrenewed. */
  email: z.email(),
  /** `staging` issues without rate limits what no browser trusts: for trying out. */
  server: z.enum(["production", "staging"]).default("production"),
};

/** Who serves the lab's public DNS zone, and with what leave it is changed. */
export const acmeSetting = z.discriminatedUnion("provider", [
  z.strictObject({
    provider: z.literal("cloudflare"),
    ...account,
    /** What the vault calls an API token that may edit DNS of the lab's zone, and nothing else. */
    tokenKey: z.string().default("cloudflare-dns-token"),
  }),
  z.strictObject({
    provider: z.literal("cloudDNS"),
    ...account,
    /** The Google Cloud project of the zone. */
    project: z.string(),
    /** The zone's name in Cloud DNS; without it the project's zones are searched. */
    zone: z.string().optional(),
    /** What the vault calls the JSON key of a service account with the role `dns.admin` on the zone. */
    tokenKey: z.string().default("clouddns-service-account"),
  }),
]);

export type Acme = z.output<typeof acmeSetting>;

/** https://letsencrypt.org/docs/acme-protocol-updates/ */
const servers = {
  production: "acme-v02.api.letsencrypt.org",
  staging: "acme-staging-v02.api.letsencrypt.org",
} as const;

/** The APIs that change DNS records; Google's hands out tokens elsewhere. */
const dnsHosts = {
  cloudflare: ["api.cloudflare.com"],
  cloudDNS: ["dns.googleapis.com", "oauth2.googleapis.com"],
} as const;

/** The DNS provider's key is asked of the vault only where somebody chose a provider. */
export const tokenNeeds = (acme: Acme | undefined): Readonly<Record<string, VaultSecret>> => (acme ? { dns: vault(acme.tokenKey) } : {});

export const acmeTalksTo = (acme: Acme | undefined): Readonly<Record<string, InternetPeer>> =>
  acme === undefined ? {} : Object.fromEntries([servers[acme.server], ...dnsHosts[acme.provider]].map((host) => [host, internet(host, { from: "cert-manager" })]));

interface Issuer {
  /** The Secret that keeps the account's key. It can be lost: cert-manager registers a new account. */
  readonly account: string;
  readonly acme: Acme;
  /** The zone that it may prove; names outside are refused. */
  readonly zone: string;
  readonly token: SecretGrant;
}

/** Certificates that every browser trusts, for names that need not be reachable from the internet. */
export function acmeIssuer(chart: Chart, { account: accountKey, acme, zone, token }: Issuer): void {
  const secretRef = { name: token.name, key: token.key };
  const dns01 =
    acme.provider === "cloudflare"
      ? { cloudflare: { apiTokenSecretRef: secretRef } }
      : { cloudDns: { project: acme.project, ...(acme.zone ? { hostedZoneName: acme.zone } : {}), serviceAccountSecretRef: secretRef } };
  new ClusterIssuer(chart, "acme", {
    metadata: { name: "acme" },
    spec: {
      acme: {
        server: `https://${servers[acme.server]}/directory`,
        email: acme.email,
        privateKeySecretRef: { name: accountKey },
        solvers: [{ selector: { dnsZones: [zone] }, dns01 }],
      },
    },
  });
}
