import { z } from "zod";
import { authorityOf, type Authority } from "../../engine/model/authority";
import { vault, type VaultSecret } from "../../engine/model/needs";
import type { Lab } from "../../engine/model/lab";

/**
 * How Dex knows people. `passwords`: of everybody in `lab.people`, as bcrypt hashes in the vault under
 * `argocd-password-<name>`. `github`: by the OAuth app whose id and secret are the vault's `argocd-github-client-id` and
 * `argocd-github-client-secret`. Whoever is not in `lab.people` may do nothing, either way.
 */
export const signInSetting = z.discriminatedUnion("with", [
  z.strictObject({ with: z.literal("passwords") }),
  z.strictObject({ with: z.literal("github"), /** Only members of these may sign in at all. */ organizations: z.array(z.string()).min(1).readonly().optional() }),
]);

export type SignIn = z.output<typeof signInSetting>;

/** Argo CD reads only Secrets with this label, and what it quotes from them as `$<secret>:<key>`. */
export const partOfArgoCd = { "app.kubernetes.io/part-of": "argocd" };

const quoted = (name: string): VaultSecret => vault(name, { name, labels: partOfArgoCd, data: { value: "{{ .value }}" } });

export function signInSecrets(lab: Lab, signIn: SignIn): Readonly<Record<string, VaultSecret>> {
  const names = lab.oidc
    ? ["argocd-oidc-client-secret"]
    : signIn.with === "github"
      ? ["argocd-github-client-id", "argocd-github-client-secret"]
      : lab.people.map(({ name }) => `argocd-password-${name}`);
  return Object.fromEntries(names.map((name) => [name, quoted(name)]));
}

/** What argocd-cm says about signing in. https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/ */
export function signInConfig(lab: Lab, signIn: SignIn): Readonly<Record<string, string>> {
  if (lab.oidc)
    return {
      "oidc.config": json({
        name: "Lab",
        issuer: lab.oidc.issuer,
        ...rootOf(authorityOf(lab.oidc.issuer, lab)),
        clientID: "argo-cd",
        clientSecret: "$argocd-oidc-client-secret:value",
        requestedScopes: ["openid", "profile", "email"],
      }),
    };
  return { "dex.config": json(signIn.with === "github" ? github(signIn) : passwords(lab)) };
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/#configuring-a-custom-root-ca-certificate-for-communicating-with-the-oidc-provider */
const rootOf = (authority: Authority | undefined) => (authority ? { rootCA: authority.roots.join("") } : {});

/** JSON is YAML, and nothing in it can be taken for anything else. */
const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const github = ({ organizations }: Extract<SignIn, { with: "github" }>) => ({
  connectors: [
    {
      type: "github",
      id: "github",
      name: "GitHub",
      config: {
        clientID: "$argocd-github-client-id:value",
        clientSecret: "$argocd-github-client-secret:value",
        ...(organizations ? { orgs: organizations.map((name) => ({ name })) } : {}),
      },
    },
  ],
});

/** Argo CD insists on a list of connectors, also where there are only passwords (util/dex/config.go). */
const passwords = ({ people }: Lab) => ({
  connectors: [],
  enablePasswordDB: true,
  staticPasswords: people.map(({ name, email }) => ({ email, username: name, userID: name, hash: `$argocd-password-${name}:value` })),
});

/** What argocd-rbac-cm says: `admins` may do anything, everybody else of the lab may look, nobody else may do anything. */
export const roles = ({ people }: Lab): Readonly<Record<string, string>> => ({
  "policy.csv": people.map(({ email, groups }) => `g, ${email}, role:${groups.includes("admins") ? "admin" : "readonly"}\n`).join(""),
  "policy.default": "",
  // By address: groups would be whatever the issuer says they are.
  scopes: "[email]",
});
