import { z } from "zod";
import { authorityOf, type Authority } from "../../engine/model/authority";
import type { Mistake } from "../../engine/model/app";
import { vault, type Peer, type SecretNeed } from "../../engine/model/needs";
import { toUrl } from "../../engine/model/server";
import type { Site } from "../../engine/model/site";

/** Who may look. */
export const signInSetting = z.enum(["lab", "password"]);

/**
 * How Grafana asks the lab's issuer, whose discovery it does not read: the three addresses of `/.well-known/openid-configuration`.
 * https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/configure-authentication/generic-oauth/
 */
export const oidcSetting = z.strictObject({
  client: z.string().default("grafana"),
  /** `authorization_endpoint`. */
  authorize: z.url(),
  /** `token_endpoint`. */
  token: z.url(),
  /** `userinfo_endpoint`. */
  userinfo: z.url(),
});

interface SignIn {
  readonly name: string;
  readonly site: Site;
  readonly settings: { readonly signIn: z.output<typeof signInSetting>; readonly oidc?: z.output<typeof oidcSetting> | undefined };
}

/** How to ask the lab's issuer, where there is one and the placement does not want passwords. */
const oidcOf = ({ site, settings }: SignIn): z.output<typeof oidcSetting> | undefined => (site.lab.oidc && settings.signIn === "lab" ? settings.oidc : undefined);

export const signInSecrets = (it: SignIn): { readonly oidcSecret?: SecretNeed } => (oidcOf(it) ? { oidcSecret: vault(`${it.site.cluster.name}-${it.name}-oidc`) } : {});

/** The issuer's hosts: Grafana itself asks for the token and for who it was given to. */
export function signInPeers(it: SignIn): Readonly<Record<string, Peer>> {
  const oidc = oidcOf(it);
  return oidc ? { token: toUrl(it.site, oidc.token), userinfo: toUrl(it.site, oidc.userinfo) } : {};
}

/** Whom Grafana must believe besides public authorities to ask there. */
export function signInAuthority(it: SignIn): Authority | undefined {
  const oidc = oidcOf(it);
  return oidc && (authorityOf(oidc.token, it.site.lab) ?? authorityOf(oidc.userinfo, it.site.lab));
}

export const signInMistakes = ({ site, settings }: SignIn): readonly Mistake[] =>
  site.lab.oidc && settings.signIn === "lab" && !settings.oidc
    ? [
        {
          rule: "grafana-oidc",
          found: "the lab has an issuer, and Grafana does not know how to ask it",
          expected: "its three addresses",
          fix: `Set oidc to the endpoints that ${site.lab.oidc.issuer.replace(/\/$/, "")}/.well-known/openid-configuration names, or signIn to "password"`,
        },
      ]
    : [];

/** The section of grafana.ini; the client's secret is a variable of the container. */
export function oauthSection(it: SignIn): Readonly<Record<string, string | number | boolean>> {
  const oidc = oidcOf(it);
  if (!oidc) return { enabled: false };
  return {
    enabled: true,
    name: it.site.lab.name,
    client_id: oidc.client,
    scopes: "openid profile email groups",
    auth_url: oidc.authorize,
    token_url: oidc.token,
    api_url: oidc.userinfo,
    use_pkce: true,
    // Whom the issuer knows may look; who is in group admins may change everything until the next restart.
    allow_sign_up: true,
    role_attribute_path: "contains(groups[*], 'admins') && 'GrafanaAdmin' || 'Viewer'",
    allow_assign_grafana_admin: true,
  };
}
