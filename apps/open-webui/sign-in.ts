import type { Mistake } from "../../engine/model/app";
import type { Site } from "../../engine/model/site";

interface SignIn {
  readonly signIn: "password" | "oidc";
  readonly admin?: string | undefined;
}

/** Whoever may let others in: named in the settings, or the first of the lab's administrators. */
export const adminOf = ({ admin }: SignIn, { lab }: Site): string | undefined => admin ?? lab.people.find((person) => person.groups.includes("admins"))?.email;

/** Without an administrator from the start, the first visitor would become one. */
export function signInMistakes(settings: SignIn, site: Site): readonly Mistake[] {
  const nobody: readonly Mistake[] =
    adminOf(settings, site) === undefined
      ? [{ rule: "open-webui-admin", found: "no administrator", expected: "one from the start: the first visitor would become it", fix: "Set admin to an e-mail address, or add a person in group admins to the lab" }]
      : [];
  const nowhere: readonly Mistake[] =
    settings.signIn === "oidc" && !site.lab.oidc
      ? [{ rule: "open-webui-oidc", found: 'signIn = "oidc", and the lab names no issuer', expected: "lab.oidc.issuer", fix: 'Set oidc in the lab, or signIn to "password"' }]
      : [];
  return [...nobody, ...nowhere];
}
