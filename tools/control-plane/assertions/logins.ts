import { existsSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import { z } from "zod";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import { TimeoutError, until } from "../processes/until";
import type { Assertion } from "./assertion";

const passwords = z.looseObject({ staticPasswords: z.array(z.looseObject({ email: z.string(), hash: z.string() })).default([]) });

/** Argo CD's part in front of Dex writes down everybody who may log in, with the passwords that Secrets hold. */
export async function loginsAreWritten(configuration: KubernetesObject | undefined, file: string): Promise<Assertion> {
  const wanted = String(fieldOf(configuration, "data", "dex.config") ?? "");
  const people = passwords.parse(load(wanted) ?? {}).staticPasswords.length;
  const says = `Argo CD writes down for Dex all ${String(people)} who may log in, with the passwords of their Secrets`;
  try {
    await until({ what: file, timeoutSeconds: 60, everyMilliseconds: 500 }, () => {
      const [first] = existsSync(file) ? unwritten(wanted, readFileSync(file, "utf8")) : ["it is not there"];
      if (first !== undefined) throw new Error(first);
      return Promise.resolve(true);
    });
    return { says, problems: [] };
  } catch (cause) {
    if (cause instanceof TimeoutError) return { says, problems: [cause.message] };
    throw cause;
  }
}

/** Who is missing in Dex's configuration, or has no password there: argocd-cm only says in which Secret that is, `$secret:key`. */
export function unwritten(wanted: string, written: string): readonly string[] {
  const known = new Map(passwords.parse(load(written) ?? {}).staticPasswords.map(({ email, hash }) => [email, hash]));
  return passwords.parse(load(wanted) ?? {}).staticPasswords.flatMap(({ email }) => {
    const hash = known.get(email);
    if (hash === undefined) return [`${email} is not in it`];
    return hash === "" || hash.startsWith("$argocd-") ? [`the password of ${email} is ${hash === "" ? "empty" : hash}`] : [];
  });
}
