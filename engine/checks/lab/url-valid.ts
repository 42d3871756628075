import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";

/** Addresses that others follow can be read as addresses: where git is, who signs people in, where copies go. */
export function urlValid(lab: Lab): readonly Finding[] {
  const offsite = lab.backups?.offsite;
  return [
    ...(isRepository(lab.gitops.repository) ? [] : [wrong("gitops.repository", lab.gitops.repository, "a repository as git takes it, such as https://git.example.org/me/lab.git")]),
    ...(lab.oidc && !isHttps(lab.oidc.issuer) ? [wrong("oidc.issuer", lab.oidc.issuer, "the issuer's HTTPS address, such as https://id.example.org")] : []),
    ...(offsite && "endpoint" in offsite && !isHttps(offsite.endpoint) ? [wrong("backups.offsite.endpoint", offsite.endpoint, "the store's HTTPS address")] : []),
  ];
}

const isHttps = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === "https:";

/** A URL, or `user@host:path`: https://git-scm.com/docs/git-clone#_git_urls */
const isRepository = (text: string): boolean => (text.includes("://") ? /^(https?|ssh|git):$/.test(URL.canParse(text) ? new URL(text).protocol : "") : /^[\w.-]+@[\w.-]+:[^\s:]+$/.test(text));

const wrong = (at: string, value: string, expected: string): Finding =>
  error({ rule: "url-valid", address: "lab", found: `${at} = ${JSON.stringify(value)}`, expected, fix: "Write it whole" });
