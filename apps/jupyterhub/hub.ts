import type { Chart } from "cdk8s";
import { authorityOf } from "../../engine/model/authority";
import type { Image } from "../../engine/model/image";
import type { Bytes, Cpu } from "../../engine/model/quantity";
import { Account } from "../../engine/workload/account";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { trusted } from "../../engine/workload/trusted";
import { claim, configFiles, scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { hubConfig } from "./hub-config";
import { hubSettings, type HubRelease } from "./hub-settings";
import { issuerOf, signInFiles } from "./sign-in";

export const hubPort = 8081;

interface Hub extends HubRelease {
  readonly settings: HubRelease["settings"] & { readonly image: Image; readonly cpu: Cpu; readonly memory: Bytes; readonly memoryLimit: Bytes };
}

/** Signs people in, starts their servers, and stops those that nobody uses. */
export function hub(chart: Chart, release: Hub): void {
  const { settings, site, grants } = release;
  const files = signInFiles(site.lab.people, grants.secrets);
  const config = new ConfigFiles(chart, "config", {
    "jupyterhub_config.py": hubConfig,
    "settings.json": `${JSON.stringify(hubSettings(release, files), null, 2)}\n`,
  });
  const issuer = issuerOf(release);
  const believing = trusted(chart, settings.image, issuer === undefined ? undefined : authorityOf(issuer, site.lab));
  new Workload(chart, "jupyterhub", {
    image: settings.image,
    args: ["jupyterhub", "--config=/etc/jupyterhub/jupyterhub_config.py", "--upgrade-db"],
    account: hubAccount(chart),
    // The image's own user.
    user: 1000,
    alone: true,
    env: { PYTHONUNBUFFERED: "1", HOME: "/tmp", COOKIE_SECRET: grants.secrets.cookieSecret, CONFIGPROXY_AUTH_TOKEN: grants.secrets.proxyToken, ...believing.env },
    ports: { api: hubPort },
    resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
    mounts: { "/etc/jupyterhub": configFiles(config), "/srv/jupyterhub": claim(grants.stores.hub), "/tmp": scratch("tmp", "256Mi"), ...files.mounts, ...believing.mounts },
    ...(Object.keys(believing.before).length ? { before: believing.before } : {}),
    // An update may migrate the database before it answers.
    probes: { ready: http("/hub/health", hubPort), startsWithinSeconds: 300 },
  });
}

/**
 * What KubeSpawner 7.0.0 calls as it is configured here: without TLS between hub and servers it makes no Secret and no Service,
 * and homes are not its own to make or delete.
 */
const hubAccount = (chart: Chart): Account =>
  new Account(chart, "jupyterhub", {
    documented: "its client calls as configured here: kubespawner 7.0.0",
    here: [
      { resources: ["pods"], verbs: ["create", "delete", "list", "watch"], because: "each person's server is a pod, in this namespace alone" },
      { resources: ["events"], verbs: ["list", "watch"], because: "what keeps a server from starting is shown to its person" },
    ],
  });
