import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";
import { http } from "../../engine/workload/probe";
import { scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { ports } from "./ports";
import type { Settings } from "./settings";

/** Signs people in. Argo CD's own program starts Dex with a configuration made of argocd-cm, and again when that changes. */
export function dex(chart: Chart, settings: Settings): void {
  const program = scratch("program", "256Mi");
  const work = scratch("tmp", "16Mi");
  new Workload(chart, "dex-server", {
    // The image's own user.
    user: 1001,
    group: 1001,
    image: settings.dexImage,
    command: ["/shared/argocd-dex", "rundex"],
    account: new Account(chart, "dex-server", {
      documented: "manifests/base/dex of argo-cd",
      here: [
        { resources: ["secrets"], verbs: ["get", "list", "watch"], because: "argocd-cm quotes them, and they are found by a label" },
        { resources: ["configmaps"], verbs: ["get", "list", "watch"], because: "whom to ask who somebody is stands in argocd-cm" },
      ],
    }),
    before: {
      copy: {
        image: settings.image,
        command: ["/bin/cp", "-n", "/usr/local/bin/argocd", "/shared/argocd-dex"],
        resources: { cpu: "10m", memory: "64Mi" },
        mounts: { "/shared": program, "/tmp": work },
      },
    },
    ports: { http: ports.dex, grpc: ports.dexGrpc, metrics: ports.dexMetrics },
    resources: { cpu: "10m", memory: "128Mi" },
    mounts: { "/shared": program, "/tmp": work },
    probes: { ready: http("/healthz/ready", ports.dexMetrics), live: http("/healthz/live", ports.dexMetrics) },
  });
}
