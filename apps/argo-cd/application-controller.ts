import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";
import { http } from "../../engine/workload/probe";
import { scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { cacheEnv, type Backends } from "./backends";
import { argocdUser } from "./image-user";
import { ports } from "./ports";
import type { Settings } from "./settings";

/**
 * Compares clusters with git, and brings them back. What it may do on a cluster is in that cluster's dist/…/argocd-manager;
 * here is only its own namespace's role: manifests/base/application-controller-roles of Argo CD, without deleting
 * Applications and without the Deployment that dynamic sharding would read.
 */
export function applicationController(chart: Chart, settings: Settings, backends: Backends): void {
  const replicas = Math.max(settings.shards ?? 1, settings.ha ? 2 : 1);
  const { status, operation } = settings.processors;
  new Workload(chart, "application-controller", {
    kind: "StatefulSet",
    ...argocdUser,
    // Its name cannot be changed any more where it stands, and Argo CD's own manifests write it just so: argo-cd#29498.
    exempt: { "governing-service": "nothing calls one of its pods by name: which it is, each reads off its own host name" },
    image: settings.image,
    args: ["/usr/local/bin/argocd-application-controller"],
    workingDir: "/home/argocd",
    replicas,
    account: new Account(chart, "application-controller", {
      documented: "manifests/base/application-controller-roles of argo-cd, without deleting",
      here: [
        { resources: ["secrets"], verbs: ["get", "list", "watch"], because: "clusters and repositories are Secrets of this namespace" },
        { resources: ["configmaps"], verbs: ["get", "list", "watch"], because: "its settings are ConfigMaps of this namespace, and take effect when they change" },
        { groups: ["argoproj.io"], resources: ["applications", "applicationsets", "appprojects"], verbs: ["create", "get", "list", "watch", "update", "patch"], because: "it syncs these as well, from argocd/; none is ever pruned" },
        { resources: ["events"], verbs: ["create"], because: "it tells what it synced: util/argo/audit_logger.go" },
      ],
    }),
    ports: { metrics: ports.controllerMetrics },
    env: {
      ...cacheEnv(backends),
      // Each takes the clusters that are its own by a hash of their Secret (controller/sharding).
      ARGOCD_CONTROLLER_REPLICAS: String(replicas),
      ARGOCD_APPLICATION_CONTROLLER_STATUS_PROCESSORS: String(status),
      ARGOCD_APPLICATION_CONTROLLER_OPERATION_PROCESSORS: String(operation),
      ARGOCD_APPLICATION_CONTROLLER_REPO_SERVER: backends.repoServer,
      ARGOCD_APPLICATION_CONTROLLER_SERVER_SIDE_DIFF: "true",
      // A kind that could not be listed yet is tried again after this long, instead of 12 hours.
      ARGOCD_CLUSTER_CACHE_RESYNC_DURATION: "1h",
      KUBECACHEDIR: "/tmp/kubecache",
    },
    resources: { cpu: "250m", memory: settings.controllerMemory },
    mounts: { "/home/argocd": scratch("home", "64Mi"), "/tmp": scratch("tmp", "1Gi") },
    probes: { ready: http("/healthz", ports.controllerMetrics), startsWithinSeconds: 120 },
  });
}
