import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";
import { ConfigFiles } from "../../engine/workload/config-files";
import { tcp } from "../../engine/workload/probe";
import { configFiles } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import type { Backends } from "./backends";
import type { Trust } from "./config";
import { argocdUser } from "./image-user";
import { notificationsConfig, type NotificationTargets } from "./notifications";
import { ports } from "./ports";
import type { Settings } from "./settings";
import { partOfArgoCd } from "./sign-in";

/** Tells somebody when a sync keeps failing. Where nobody is to be told, it does not run. */
export function notificationsController(chart: Chart, settings: Settings, backends: Backends, trust: Trust, targets: NotificationTargets): void {
  if (settings.notifications.to === "nobody") return;
  new ConfigFiles(chart, "notifications-cm", notificationsConfig(settings.notifications, targets), { name: "argocd-notifications-cm", labels: partOfArgoCd });
  new Workload(chart, "notifications-controller", {
    ...argocdUser,
    image: settings.image,
    args: ["/usr/local/bin/argocd-notifications", `--argocd-repo-server=${backends.repoServer}`],
    workingDir: "/app",
    account: new Account(chart, "notifications-controller", {
      documented: "manifests/base/notification of argo-cd",
      here: [
        { groups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch", "update", "patch"], because: "it tells of these, and notes on each what it has told" },
        { groups: ["argoproj.io"], resources: ["appprojects"], verbs: ["get", "list", "watch"], because: "subscriptions may stand in projects too" },
        { resources: ["configmaps"], verbs: ["list", "watch"], because: "it watches the ConfigMaps of this namespace for its own, argocd-notifications-cm" },
        { resources: ["configmaps"], names: ["argocd-notifications-cm"], verbs: ["get"], because: "what to tell, when and whom" },
        { resources: ["secrets"], verbs: ["list", "watch"], because: "it watches Secrets of this namespace for its own, argocd-notifications-secret" },
        { resources: ["secrets"], names: ["argocd-notifications-secret"], verbs: ["get"], because: "the channel's own secret" },
      ],
    }),
    ports: { metrics: ports.notificationsMetrics },
    resources: { cpu: "10m", memory: "128Mi" },
    mounts: { "/app/config/tls": configFiles(trust.certificates) },
    probes: { ready: tcp(ports.notificationsMetrics) },
  });
}
