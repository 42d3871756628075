import { z } from "zod";
import { vault, type VaultSecret } from "../../engine/model/needs";
import type { Lab } from "../../engine/model/lab";

/** What the git server asks for. Its secret is the vault's `argocd-repository`. */
export const repositorySetting = z.discriminatedUnion("with", [
  z.strictObject({ with: z.literal("nothing") }),
  z.strictObject({ with: z.literal("token"), /** Any name, where the server looks at the token alone. */ user: z.string() }),
  z.strictObject({ with: z.literal("ssh-key") }),
]);

export type RepositoryAccess = z.output<typeof repositorySetting>;

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories */
export function repositoryCredentials(lab: Lab, access: RepositoryAccess): { readonly repository?: VaultSecret } {
  if (access.with === "nothing") return {};
  const shape = (data: Readonly<Record<string, string>>) => ({
    name: "repository",
    labels: { "argocd.argoproj.io/secret-type": "repository" },
    data: { type: "git", url: lab.gitops.repository, ...data },
  });
  return { repository: vault("argocd-repository", access.with === "token" ? shape({ username: access.user, password: "{{ .value }}" }) : shape({ sshPrivateKey: "{{ .value }}" })) };
}

/**
 * Servers that publish their keys; an SSH repository elsewhere needs its own.
 * https://docs.github.com/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints
 * https://docs.gitlab.com/user/gitlab_com/#ssh-known_hosts-entries
 */
export const knownHosts: readonly string[] = [
  "github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
  "gitlab.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf",
];

const ports: Readonly<Record<string, number>> = { "https:": 443, "http:": 80, "ssh:": 22, "git:": 9418 };

/** Host and port of a URL as git takes it: `https://host/path`, `ssh://git@host:22/path` or `git@host:path`. */
export function gitServerOf(repository: string): { readonly host: string; readonly port: number } {
  const url = repository.includes("://") ? new URL(repository) : new URL(`ssh://${repository.replace(/:(?!\d+\/)/, "/")}`);
  return { host: url.hostname, port: Number(url.port) || (ports[url.protocol] ?? 443) };
}
