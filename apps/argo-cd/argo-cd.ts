import { defineApp } from "../../engine/model/app";
import { component, generated, internet, kubernetesApi } from "../../engine/model/needs";
import { toServer, toUrl } from "../../engine/model/server";
import { applicationController } from "./application-controller";
import { applicationSetController } from "./application-set-controller";
import type { Backends } from "./backends";
import { configuration } from "./config";
import { dex } from "./dex";
import { notificationPeers, notificationSecrets } from "./notifications";
import { notificationsController } from "./notifications-controller";
import { ports } from "./ports";
import { redis } from "./redis";
import { repoServer } from "./repo-server";
import { gitServerOf, repositoryCredentials } from "./repository";
import { server } from "./server";
import { settings as schema } from "./settings";
import { partOfArgoCd, signInSecrets } from "./sign-in";
import { spokeSecrets, toSpokes } from "./spokes";
import { watches } from "./watches";

/** Keeps clusters as git says: its own, and as the lab's hub all others. */
export const argoCd = defineApp({
  name: "argo-cd",
  priority: "platform",
  crds: ["argo-cd"],
  settings: schema,

  needs: ({ settings, site }) => {
    const { lab } = site;
    const withDex = lab.oidc === undefined;
    const git = gitServerOf(lab.gitops.repository);
    return {
      exposes: {
        ui: { port: ports.server, servicePort: 80, scheme: "http", reach: "lan", component: "server", host: "argocd", speaks: "argocd" },
        "repo-server": { port: ports.repoServer, scheme: "tcp", reach: "cluster", component: "repo-server" },
        redis: { port: ports.redis, scheme: "tcp", reach: "cluster", component: "redis" },
        ...(withDex ? { dex: { port: ports.dex, scheme: "https", reach: "cluster", component: "dex-server" } } : {}),
      },
      secrets: {
        redis: generated({ shape: { name: "argocd-redis", data: { auth: "{{ .value }}" } } }),
        signature: generated({ shape: { name: "argocd-secret", labels: partOfArgoCd, data: { "server.secretkey": "{{ .value }}" } } }),
        ...repositoryCredentials(lab, settings.repository),
        ...notificationSecrets(settings.notifications),
        ...signInSecrets(lab, settings.signIn),
        ...spokeSecrets(site),
      },
      talksTo: {
        git: toServer(site, git.host, git.port, "repo-server"),
        // Some operators' CRDs come from their own repositories (imports/operators.ts), which are all there.
        definitions: internet("github.com", { from: "repo-server" }),
        ...among("repo-server", ports.repoServer, "application-controller", "applicationset-controller", "server"),
        ...among("redis", ports.redis, "application-controller", "repo-server", "server"),
        ...api("application-controller", "applicationset-controller", "server"),
        ...toSpokes(site, "application-controller"),
        ...toSpokes(site, "server"),
        ...(withDex ? { ...among("dex-server", ports.dex, "server"), ...api("dex-server") } : { issuer: toUrl(site, lab.oidc.issuer, "server") }),
        ...(withDex && settings.signIn.with === "github" ? { github: toServer(site, "github.com", 443, "dex-server") } : {}),
        ...(settings.notifications.to === "nobody" ? {} : { ...among("repo-server", ports.repoServer, "notifications-controller"), ...api("notifications-controller") }),
        ...notificationPeers(settings.notifications),
      },
      watches: watches(settings, withDex),
    };
  },

  build(chart, { settings, site, grants }) {
    const { exposes, secrets, talksTo } = grants;
    const backends: Backends = {
      repoServer: `${exposes["repo-server"].service}:${ports.repoServer}`,
      redis: `${exposes.redis.service}:${ports.redis}`,
      redisPassword: secrets.redis,
      ...(exposes.dex ? { dex: `${exposes.dex.service}:${ports.dex}` } : {}),
    };
    const trust = configuration(chart, { settings, site, url: exposes.ui.url });
    redis(chart, settings, secrets.redis);
    repoServer(chart, settings, backends, trust);
    applicationController(chart, settings, backends);
    applicationSetController(chart, settings, backends);
    server(chart, settings, backends, trust, secrets.signature);
    if (exposes.dex) dex(chart, settings);
    notificationsController(chart, settings, backends, trust, { ntfy: talksTo.ntfy, smtp: talksTo.smtp });
  },
});

/** One component called by others of the release. */
const among = (called: string, port: number, ...callers: readonly string[]) => Object.fromEntries(callers.map((from) => [`${from}-to-${called}`, component(called, port, { from })]));

const api = (...callers: readonly string[]) => Object.fromEntries(callers.map((from) => [`${from}-to-api`, kubernetesApi({ from })]));
