import type { Chart } from "cdk8s";
import type { SecretGrant } from "../../engine/model/grants";
import { Account, type Permission } from "../../engine/workload/account";
import { http } from "../../engine/workload/probe";
import { configFiles, scratch, secretFile } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { cacheEnv, type Backends } from "./backends";
import type { Trust } from "./config";
import { argocdUser } from "./image-user";
import { ports } from "./ports";
import type { Settings } from "./settings";

/**
 * Argo CD's interface and API. Git says what runs: the server syncs, refreshes and shows, but neither makes nor deletes
 * Applications, and changes no object on a cluster itself. Its role is narrower than manifests/base/server's by that.
 */
export function server(chart: Chart, settings: Settings, backends: Backends, trust: Trust, signature: SecretGrant): void {
  new Workload(chart, "server", {
    ...argocdUser,
    image: settings.image,
    args: ["/usr/local/bin/argocd-server"],
    replicas: settings.ha ? 2 : 1,
    account: new Account(chart, "server", { documented: "manifests/base/server of argo-cd, without changing what is synced", here: [...reading, ...(settings.localAdmin ? keepingAdmin : [])] }),
    ports: { http: ports.server, metrics: ports.serverMetrics },
    env: {
      ...cacheEnv(backends),
      ARGOCD_SERVER_REPO_SERVER: backends.repoServer,
      // TLS ends at the ingress.
      ARGOCD_SERVER_INSECURE: "true",
      ...(backends.dex ? { ARGOCD_SERVER_DEX_SERVER: backends.dex } : {}),
    },
    resources: { cpu: "100m", memory: "256Mi" },
    mounts: {
      "/app/config/ssh": configFiles(trust.knownHosts),
      "/app/config/tls": configFiles(trust.certificates),
      // It reads its signature through the API; the mount makes it wait for the Secret instead of making one of its own.
      "/app/config/signature": secretFile(signature),
      "/home/argocd": scratch("home", "64Mi"),
      "/tmp": scratch("tmp", "256Mi"),
    },
    probes: { ready: http("/healthz", ports.server), live: http("/healthz?full=true", ports.server) },
  });
}

const reading: readonly Permission[] = [
  { resources: ["secrets"], verbs: ["get", "list", "watch"], because: "it signs sessions, and shows which clusters and repositories there are" },
  { resources: ["configmaps"], verbs: ["get", "list", "watch"], because: "its settings, and who may do what, are ConfigMaps of this namespace" },
  { groups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch", "update", "patch"], because: "it shows them; whoever may, syncs one or has it looked at again" },
  { groups: ["argoproj.io"], resources: ["applicationsets", "appprojects"], verbs: ["get", "list", "watch"], because: "it shows them, and asks a project what is permitted" },
  { resources: ["events"], verbs: ["create", "list"], because: "it shows what is told of an Application, and tells who did what" },
];

/** The first start makes a password, and keeps it in two Secrets. */
const keepingAdmin: readonly Permission[] = [
  { resources: ["secrets"], verbs: ["create"], because: "the local admin's first password becomes a Secret, whose name a creation cannot be held to" },
  { resources: ["secrets"], names: ["argocd-secret", "argocd-initial-admin-secret"], verbs: ["update", "patch"], because: "the local admin's password is kept there" },
];
