import type { Chart } from "cdk8s";
import { KubeSecret } from "cdk8s-plus-30/lib/imports/k8s";
import type { Image } from "../../engine/model/image";
import { Account } from "../../engine/workload/account";
import { tellsEvents } from "../../engine/workload/permissions";
import { http } from "../../engine/workload/probe";
import { volume } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { webhookConfiguration } from "./webhook";

/** Fixed in the program: internal/k8s/k8s.go. */
export const webhookPort = 9443;
export const metricsPort = 9120;
export const healthPort = 17472;

interface Controller {
  readonly name: string;
  readonly image: Image;
  readonly logLevel: string;
  /** The Service in front of the webhook: its certificate is made for this name. */
  readonly service: string;
}

/** Hands out addresses, and checks pools and advertisements before they are stored. */
export function controller(chart: Chart, { name, image, logLevel, service }: Controller): void {
  const certificate = `${name}-webhook-cert`;
  // Empty on purpose: the controller fills in a certificate of its own making and renews it, but it never makes the Secret.
  new KubeSecret(chart, "webhook-cert", { metadata: { name: certificate } });

  new Workload(chart, "controller", {
    image,
    args: [
      `--port=${metricsPort}`,
      `--health-probe-port=${healthPort}`,
      `--log-level=${logLevel}`,
      `--cert-service-name=${service}`,
      `--webhook-secret=${certificate}`,
    ],
    env: { METALLB_POD_NAME: { field: "metadata.name" } },
    ports: { webhook: webhookPort, metrics: metricsPort, health: healthPort },
    resources: { cpu: "25m", memory: "64Mi", memoryLimit: "192Mi" },
    // The webhook server looks here, whatever --cert-dir says: it is controller-runtime's default below /tmp.
    mounts: { "/tmp/k8s-webhook-server/serving-certs": volume("cert", { secret: { secretName: certificate, defaultMode: 0o440 } }) },
    account: controllerAccount(chart, certificate),
    probes: { ready: http("/readyz", healthPort), live: http("/healthz", healthPort) },
  });
}

/**
 * What the audit log of a real run shows it using, and what the webhooks for BGP objects list besides.
 * Upstream's role may also create and delete its webhook configuration, its CRDs and every Secret of its namespace.
 */
function controllerAccount(chart: Chart, certificate: string): Account {
  return new Account(chart, "controller", {
    documented: "the audit log of a real run (npm run e2e:operators), and config/rbac of metallb for its webhooks",
    cluster: [
      { resources: ["services", "namespaces"], verbs: ["list", "watch"], because: "it gives Services addresses; a pool may be for certain namespaces" },
      { resources: ["nodes"], verbs: ["list"], because: "its webhooks compare what is written with the nodes there are: internal/k8s/webhooks" },
      { resources: ["services/status"], verbs: ["update"], because: "the address stands in the Service's status" },
      tellsEvents,
      { groups: ["metallb.io"], resources: ["configurationstates"], verbs: ["list", "watch"], because: "its cache of these is of the whole cluster" },
      { groups: ["admissionregistration.k8s.io"], resources: ["validatingwebhookconfigurations"], verbs: ["list", "watch"], because: "it finds its own among them" },
      {
        groups: ["admissionregistration.k8s.io"],
        resources: ["validatingwebhookconfigurations"],
        names: [webhookConfiguration],
        verbs: ["update"],
        because: "it writes the CA of its own webhook into its own configuration",
      },
      { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["list", "watch"], because: "it finds its own among them" },
      {
        groups: ["apiextensions.k8s.io"],
        resources: ["customresourcedefinitions"],
        names: ["bgppeers.metallb.io"],
        verbs: ["update"],
        because: "it writes the CA of its own webhook into the conversion of BGPPeer",
      },
    ],
    here: [
      { resources: ["pods"], verbs: ["get"], because: "itself: what it makes belongs to its Deployment" },
      { resources: ["secrets"], verbs: ["list", "watch"], because: "its certificate rotation watches the Secrets of its namespace" },
      { resources: ["secrets"], names: [certificate], verbs: ["update"], because: "it makes and renews its webhook's certificate" },
      { groups: ["metallb.io"], resources: ["ipaddresspools", "communities"], verbs: ["list", "watch"], because: "which addresses there are to give" },
      { groups: ["metallb.io"], resources: ["l2advertisements", "bgpadvertisements", "bgppeers", "bfdprofiles"], verbs: ["list"], because: "its webhooks look at these past every cache: internal/k8s/webhook.go of MetalLB 0.16.2" },
      { groups: ["metallb.io"], resources: ["ipaddresspools/status"], verbs: ["update"], because: "how many are given stands in the pool's status" },
      { groups: ["metallb.io"], resources: ["configurationstates"], verbs: ["create", "patch"], because: "whether it understood its configuration stands in one of these" },
      { groups: ["metallb.io"], resources: ["configurationstates/status"], verbs: ["patch"], because: "whether it understood its configuration stands in one of these" },
    ],
    // Metrics are served to those alone whom the API server lets read /metrics.
    bind: ["system:auth-delegator"],
  });
}
