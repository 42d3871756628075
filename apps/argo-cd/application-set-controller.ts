import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";
import { electsLeader, tellsEvents } from "../../engine/workload/permissions";
import { http } from "../../engine/workload/probe";
import { scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import type { Backends } from "./backends";
import { argocdUser } from "./image-user";
import { ports } from "./ports";
import type { Settings } from "./settings";

/** Fixed in cmd/argocd-applicationset-controller/commands/applicationset_controller.go. */
const leaderElectionLease = "58ac56fa.applicationsets.argoproj.io";

/** Makes Applications of parameter files. Its role is manifests/base/applicationset-controller's, without deleting any. */
export function applicationSetController(chart: Chart, settings: Settings, backends: Backends): void {
  new Workload(chart, "applicationset-controller", {
    ...argocdUser,
    image: settings.image,
    args: ["/usr/local/bin/argocd-applicationset-controller"],
    replicas: settings.ha ? 2 : 1,
    account: new Account(chart, "applicationset-controller", {
      documented: "manifests/base/applicationset-controller of argo-cd, without deleting",
      here: [
        { groups: ["argoproj.io"], resources: ["applications"], verbs: ["create", "get", "list", "patch", "update", "watch"], because: "it makes an Application of each parameter file, and keeps it so" },
        { groups: ["argoproj.io"], resources: ["applicationsets", "applicationsets/finalizers"], verbs: ["get", "list", "patch", "update", "watch"], because: "it generates from these, and marks those that are being refreshed or deleted" },
        { groups: ["argoproj.io"], resources: ["applicationsets/status"], verbs: ["get", "patch", "update"], because: "what it generated, and what kept it, stands in their status" },
        { groups: ["argoproj.io"], resources: ["appprojects"], verbs: ["get", "list", "watch"], because: "it refuses what an Application's project does not permit" },
        tellsEvents,
        { resources: ["secrets"], verbs: ["get", "list", "watch"], because: "clusters and repositories are Secrets of this namespace" },
        { resources: ["configmaps"], verbs: ["get", "list", "watch"], because: "its settings are in argocd-cm" },
        ...electsLeader(leaderElectionLease),
      ],
    }),
    ports: { metrics: ports.applicationSetMetrics, probe: ports.applicationSetProbe },
    env: {
      NAMESPACE: { field: "metadata.namespace" },
      ARGOCD_APPLICATIONSET_CONTROLLER_REPO_SERVER: backends.repoServer,
      ARGOCD_APPLICATIONSET_CONTROLLER_ENABLE_LEADER_ELECTION: String(settings.ha),
      // Generators that ask GitHub or GitLab which repositories there are: nothing here uses one.
      ARGOCD_APPLICATIONSET_CONTROLLER_ENABLE_SCM_PROVIDERS: "false",
    },
    resources: { cpu: "50m", memory: "256Mi" },
    mounts: { "/tmp": scratch("tmp", "256Mi") },
    // It registers no check of its own at its probe port.
    probes: { ready: http("/metrics", ports.applicationSetMetrics) },
  });
}
