import type { Chart } from "cdk8s";
import { KubeMutatingWebhookConfiguration, KubeValidatingWebhookConfiguration } from "cdk8s-plus-30/lib/imports/k8s";
import type { Image } from "../../engine/model/image";
import { Account } from "../../engine/workload/account";
import { http } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";
import { metricsPort } from "./controller";

/** As in upstream's chart; the program's own default, 6443, looks like an API server in every trace. */
export const webhookPort = 10250;
const healthPort = 6080;

interface Webhook {
  readonly image: Image;
  readonly namespace: string;
  readonly logLevel: number;
  readonly replicas: number;
  /** The Service in front of it, whose name its certificate carries and its configurations have. */
  readonly service: string;
}

/** Refuses wrong issuers and certificates when they are written, and stamps requests with who made them. */
export function webhook(chart: Chart, { image, namespace, logLevel, replicas, service }: Webhook): void {
  const authority = `${service}-ca`;
  new Workload(chart, "webhook", {
    image,
    replicas,
    args: [
      `--v=${logLevel}`,
      `--secure-port=${webhookPort}`,
      `--healthz-port=${healthPort}`,
      // Its certificate is of its own making, renewed weekly; the replicas share the authority in this Secret.
      `--dynamic-serving-ca-secret-namespace=${namespace}`,
      `--dynamic-serving-ca-secret-name=${authority}`,
      `--dynamic-serving-dns-names=${service},${service}.${namespace},${service}.${namespace}.svc`,
    ],
    ports: { https: webhookPort, metrics: metricsPort, health: healthPort },
    resources: { cpu: "10m", memory: "48Mi", memoryLimit: "128Mi" },
    account: webhookAccount(chart, authority),
    probes: { ready: http("/healthz", healthPort), live: http("/livez", healthPort) },
  });
  configurations(chart, { name: service, namespace }, `${namespace}/${authority}`);
}

const webhookAccount = (chart: Chart, authority: string): Account =>
  new Account(chart, "webhook", {
    documented: "the audit log of a real run (npm run e2e:operators); deploy/charts/cert-manager of cert-manager",
    cluster: [{ groups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"], verbs: ["create"], because: "whether who approves a request may do so is the API server's to say" }],
    here: [
      { resources: ["secrets"], names: [authority], verbs: ["get", "list", "watch", "update"], because: "it keeps and renews the authority of its own certificate" },
      { resources: ["secrets"], verbs: ["create"], because: "roles cannot name what does not exist yet: the authority of its own certificate" },
    ],
  });

/** The CA in both is filled in by cainjector, from the Secret that the annotation names. */
function configurations(chart: Chart, service: { readonly name: string; readonly namespace: string }, authority: string): void {
  const metadata = { name: service.name, annotations: { "cert-manager.io/inject-ca-from-secret": authority } };
  const common = {
    name: "webhook.cert-manager.io",
    admissionReviewVersions: ["v1"],
    matchPolicy: "Equivalent",
    failurePolicy: "Fail",
    sideEffects: "None",
    timeoutSeconds: 30,
  };
  new KubeMutatingWebhookConfiguration(chart, "mutating", {
    metadata,
    webhooks: [
      {
        ...common,
        clientConfig: { service: { ...service, path: "/mutate", port: 443 } },
        rules: [{ apiGroups: ["cert-manager.io"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["certificaterequests"] }],
      },
    ],
  });
  new KubeValidatingWebhookConfiguration(chart, "validating", {
    metadata,
    webhooks: [
      {
        ...common,
        clientConfig: { service: { ...service, path: "/validate", port: 443 } },
        // Statuses too: a request is approved in its status, and only by who may.
        rules: [{ apiGroups: ["cert-manager.io", "acme.cert-manager.io"], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["*", "*/status"] }],
      },
    ],
  });
}
