import type { Chart } from "cdk8s";
import { KubeSecret, KubeValidatingWebhookConfiguration } from "cdk8s-plus-30/lib/imports/k8s";
import type { Image } from "../../engine/model/image";
import { http } from "../../engine/workload/probe";
import { volume } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { certificatesAccount, webhookAccount } from "./accounts";

interface Webhook {
  /** Of the Service that the API server calls. */
  readonly service: string;
  readonly port: number;
  readonly image: Image;
}

/** Refuses stores and ExternalSecrets that cannot work at the moment they are written, instead of in their status later. */
export function webhook(chart: Chart, { service, port, image }: Webhook): void {
  const namespace = chart.namespace ?? "";
  const configuration = chart.labels["app.kubernetes.io/instance"] ?? service;
  // The cert-controller fills it; it never creates it.
  new KubeSecret(chart, "webhook-certificate", { metadata: { name: service, labels: component("webhook") }, type: "Opaque" });
  admission(chart, configuration, { name: service, namespace });

  new Workload(chart, "webhook", {
    image,
    account: webhookAccount(chart),
    args: ["webhook", `--port=${port}`, `--dns-name=${service}.${namespace}.svc`, "--cert-dir=/certs", "--metrics-addr=:8080", "--healthz-addr=:8081", ...logging],
    ports: { webhook: port, metrics: 8080, health: 8081 },
    resources: { cpu: "10m", memory: "64Mi", memoryLimit: "128Mi" },
    mounts: { "/certs": volume("certs", { secret: { secretName: service, defaultMode: 0o440 } }) },
    // It waits up to two minutes for its certificate.
    probes: { ready: http("/readyz", 8081), live: http("/healthz", 8081), startsWithinSeconds: 180 },
  });

  new Workload(chart, "cert-controller", {
    image,
    account: certificatesAccount(chart, { secret: service, configuration }),
    args: [
      "certcontroller",
      `--service-name=${service}`,
      `--service-namespace=${namespace}`,
      `--secret-name=${service}`,
      `--secret-namespace=${namespace}`,
      // Watches only what carries the label that we and the CRDs carry.
      "--enable-partial-cache=true",
      "--metrics-addr=:8080",
      "--healthz-addr=:8081",
      ...logging,
    ],
    ports: { metrics: 8080, health: 8081 },
    resources: { cpu: "10m", memory: "64Mi", memoryLimit: "128Mi" },
    // It is ready when the webhook answers, which itself waits for the certificate.
    probes: { ready: http("/readyz", 8081), live: http("/healthz", 8081), startsWithinSeconds: 300 },
  });
}

export const logging = ["--loglevel=info", "--zap-time-encoding=rfc3339"] as const;

const component = (name: string): Record<string, string> => ({ "external-secrets.io/component": name });

/** The kinds that are checked, by their path on the webhook, as in deploy/charts at v2.9.0. */
const kinds = [
  { resource: "secretstores", scope: "Namespaced" },
  { resource: "clustersecretstores", scope: "Cluster" },
  { resource: "externalsecrets", scope: "Namespaced" },
] as const;

function admission(chart: Chart, name: string, service: { readonly name: string; readonly namespace: string }): void {
  new KubeValidatingWebhookConfiguration(chart, "admission", {
    metadata: { name, labels: component("webhook") },
    webhooks: kinds.map(({ resource, scope }) => {
      const kind = resource.replace(/s$/, "");
      return {
        name: `validate.${kind}.external-secrets.io`,
        rules: [{ apiGroups: ["external-secrets.io"], apiVersions: ["v1"], operations: ["CREATE", "UPDATE", "DELETE"], resources: [resource], scope }],
        clientConfig: { service: { ...service, path: `/validate-external-secrets-io-v1-${kind}`, port: 443 } },
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        timeoutSeconds: 5,
        // What it refuses, the controller refuses too (pkg/controllers/externalsecret/externalsecret_controller_template.go):
        // a webhook that is down must not keep every secret of the cluster from being written.
        failurePolicy: "Ignore",
      };
    }),
  });
}
