import type { Chart } from "cdk8s";
import type { Site } from "../../engine/model/site";
import { ConfigFiles } from "../../engine/workload/config-files";
import type { Settings } from "./settings";
import { partOfArgoCd, roles, signInConfig } from "./sign-in";

/** ConfigMaps that components mount. */
export interface Trust {
  readonly git: ConfigFiles;
  readonly knownHosts: ConfigFiles;
  readonly certificates: ConfigFiles;
}

/** The file that git's settings are in, where the ConfigMap is mounted. */
export const gitSettingsFile = "gitconfig";

/**
 * What git is told wherever it is asked which files changed. It would name a file that moved to another folder only by where it
 * is now, and Argo CD, which looks at a folder when one of its files changed, would not see that it lost it.
 */
export const gitSettings = "[diff]\n\trenames = false\n";

/** Argo CD's configuration, under the names that it looks for. It follows changes by itself, so nothing restarts. */
export function configuration(chart: Chart, { settings, site, url }: { readonly settings: Settings; readonly site: Site; readonly url: string }): Trust {
  const files = (id: string, content: Readonly<Record<string, string>>) => new ConfigFiles(chart, id, content, { name: `argocd-${id}`, labels: partOfArgoCd });
  files("cm", { ...general(settings, site, url), ...signInConfig(site.lab, settings.signIn) });
  files("rbac-cm", roles(site.lab));
  files("gpg-keys-cm", {});
  return {
    git: files("git", { [gitSettingsFile]: gitSettings }),
    knownHosts: files("ssh-known-hosts-cm", { ssh_known_hosts: settings.knownHosts.map((line) => `${line}\n`).join("") }),
    certificates: files("tls-certs-cm", settings.trustedCertificates),
  };
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cm-yaml/ */
const general = (settings: Settings, { lab }: Site, url: string): Readonly<Record<string, string>> => ({
  url,
  "admin.enabled": String(settings.localAdmin),
  "users.anonymous.enabled": "false",
  "exec.enabled": "false",
  // Another Argo CD on one of the clusters takes nothing of ours for its own, nor the other way round.
  installationID: lab.name,
  "application.resourceTrackingMethod": "annotation",
  // Everything in git is plain YAML: what renders other things need not listen.
  "helm.enable": "false",
  "kustomize.enable": "false",
  "jsonnet.enable": "false",
  // A kind that a role does not let it list yet is skipped; otherwise the whole cluster would stand still, roles included.
  "resource.respectRBAC": "normal",
  // A status changes all the time. Health is looked at all the same.
  "resource.customizations.ignoreResourceUpdates.all": "jsonPointers:\n  - /status\n",
});
