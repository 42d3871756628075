import type { SecretGrant } from "../../engine/model/grants";
import { vault, type Peer, type SecretNeed } from "../../engine/model/needs";
import type { Person } from "../../engine/model/person";
import { toUrl } from "../../engine/model/server";
import type { Site } from "../../engine/model/site";
import { secretFile, type Mountable } from "../../engine/workload/volume";
import { passwordOf, passwords } from "./people";

interface SignIn {
  readonly name: string;
  readonly site: Site;
  readonly settings: { readonly signIn: "lab" | "password" };
}

/** The lab's issuer, unless the placement wants passwords. */
export const issuerOf = ({ site, settings }: SignIn): string | undefined => (settings.signIn === "lab" ? site.lab.oidc?.issuer : undefined);

export const signInSecrets = (it: SignIn): Readonly<Record<string, SecretNeed>> => (issuerOf(it) === undefined ? passwords(it.site.lab.people) : { oidcSecret: vault(`${it.site.cluster.name}-${it.name}-oidc`) });

export function signInPeers(it: SignIn): Readonly<Record<string, Peer>> {
  const issuer = issuerOf(it);
  return issuer === undefined ? {} : { signIn: toUrl(it.site, issuer, "jupyterhub") };
}

const secrets = "/run/secrets/jupyterhub";

/** Where the hub finds the secrets that it was granted. */
export interface SignInFiles {
  /** By mount path. */
  readonly mounts: Readonly<Record<string, Mountable>>;
  /** By person. */
  readonly passwords: Readonly<Record<string, string>>;
  readonly oidcSecret: string | undefined;
}

export function signInFiles(people: readonly Person[], granted: Readonly<Record<string, SecretGrant>>): SignInFiles {
  const { oidcSecret } = granted;
  const files = people.flatMap(({ name }) => {
    const grant = granted[passwordOf({ name })];
    return grant ? [{ name, grant }] : [];
  });
  return {
    mounts: {
      ...(oidcSecret ? { [`${secrets}/oidc`]: secretFile(oidcSecret) } : {}),
      ...Object.fromEntries(files.map(({ name, grant }) => [`${secrets}/people/${name}`, secretFile(grant)])),
    },
    passwords: Object.fromEntries(files.map(({ name, grant }) => [name, `${secrets}/people/${name}/${grant.key}`])),
    oidcSecret: oidcSecret && `${secrets}/oidc/${oidcSecret.key}`,
  };
}
