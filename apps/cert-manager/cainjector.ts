import type { Chart } from "cdk8s";
import type { Image } from "../../engine/model/image";
import { Account } from "../../engine/workload/account";
import { tellsEvents } from "../../engine/workload/permissions";
import { http } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";
import { electedHere, metricsPort } from "./controller";

const lease = "cert-manager-cainjector-leader-election";

interface Cainjector {
  readonly image: Image;
  readonly namespace: string;
  readonly logLevel: number;
  /** The one name of both webhook configurations that it may write. */
  readonly configuration: string;
}

/**
 * Writes the CA of cert-manager's webhook into its configurations, and does nothing else: upstream's may rewrite every
 * webhook, CRD and aggregated API of the cluster, and read every Secret.
 */
export function cainjector(chart: Chart, { image, namespace, logLevel, configuration }: Cainjector): void {
  const webhooks = { groups: ["admissionregistration.k8s.io"], resources: ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"] };
  new Workload(chart, "cainjector", {
    image,
    args: [
      `--v=${logLevel}`,
      `--namespace=${namespace}`,
      `--leader-election-namespace=${namespace}`,
      "--enable-certificates-data-source=false",
      "--enable-customresourcedefinitions-injectable=false",
      "--enable-apiservices-injectable=false",
    ],
    ports: { metrics: metricsPort },
    resources: { cpu: "10m", memory: "48Mi", memoryLimit: "128Mi" },
    account: new Account(chart, "cainjector", {
      documented: "the audit log of a real run (npm run e2e:operators); narrower than deploy/charts/cert-manager of cert-manager",
      cluster: [
        { ...webhooks, verbs: ["list", "watch"], because: "it finds its own webhook's configurations among them" },
        { ...webhooks, names: [configuration], verbs: ["patch"], because: "it writes the CA of cert-manager's own webhook" },
      ],
      here: [
        { resources: ["secrets"], verbs: ["get", "list", "watch"], because: "the CA is in a Secret; its cache cannot be limited to one name" },
        tellsEvents,
        ...electedHere(lease),
      ],
    }),
    // It serves no health endpoint: its metrics are the only sign of life that it gives.
    probes: { ready: http("/metrics", metricsPort) },
  });
}
