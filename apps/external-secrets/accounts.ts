import type { Chart } from "cdk8s";
import { Account, type Permission } from "../../engine/workload/account";

const group = "external-secrets.io";
const read = ["get", "list", "watch"];
const events: Permission = { resources: ["events"], verbs: ["create", "patch"] };

/**
 * Every kind of generator. The controller reads whichever an ExternalSecret names through a watch, and a watch that is
 * forbidden never becomes ready: one such object would stall all the others.
 */
const generators = [
  "acraccesstokens", "beyondtrustworkloadcredentialsdynamicsecrets", "cloudsmithaccesstokens", "clustergenerators", "ecrauthorizationtokens", "fakes",
  "gcraccesstokens", "generatorstates", "githubaccesstokens", "gitlabdeploytokens", "grafanas", "mfas", "passwords", "quayaccesstokens", "sshkeys",
  "stssessiontokens", "uuids", "vaultdynamicsecrets", "webhooks",
];

/** What the controller does with the reconcilers that we run, read in pkg/controllers at v2.9.0; upstream's chart also grants those of the others. */
export function controllerAccount(chart: Chart, options: { readonly mintsTokens: boolean }): Account {
  const name = chart.labels["app.kubernetes.io/instance"] ?? "external-secrets";
  return new Account(chart, "external-secrets", {
    documented: "its client calls at v2.9.0: pkg/controllers of external-secrets",
    cluster: [
      { groups: [group], resources: ["clustersecretstores", "externalsecrets", "pushsecrets", "secretstores"], verbs: read },
      // Its finalizer.
      { groups: [group], resources: ["externalsecrets"], verbs: ["patch"] },
      { groups: [group], resources: ["externalsecrets/status"], verbs: ["update"] },
      { groups: [group], resources: ["clustersecretstores/status", "pushsecrets/status"], verbs: ["patch"] },
      { groups: ["generators.external-secrets.io"], resources: generators, verbs: read },
      // A store's conditions are about the labels of the caller's namespace.
      { resources: ["namespaces"], verbs: read },
      {
        resources: ["secrets"],
        verbs: [...read, "create", "update", "patch", "delete"],
        because: "writing Secrets into every namespace is what it is for; it deletes one only when its ExternalSecret was given another name for it",
      },
      events,
    ],
    here: [
      { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["create"] },
      { groups: ["coordination.k8s.io"], resources: ["leases"], names: ["external-secrets-controller"], verbs: ["get", "update", "patch"] },
      ...(options.mintsTokens
        ? [{ resources: ["serviceaccounts/token"], names: [name], verbs: ["create"], because: "it trades a token of its own account, and of no other, for Google's" }]
        : []),
    ],
  });
}

/** The webhook is only called, but its framework wants credentials to start with. */
export const webhookAccount = (chart: Chart): Account => new Account(chart, "webhook");

/**
 * Keeps the webhook's certificate, and writes its CA into the webhook's configuration. The CRDs it watches convert nothing,
 * so that it never writes to them (pkg/controllers/crds at v2.9.0).
 */
export const certificatesAccount = (chart: Chart, names: { readonly secret: string; readonly configuration: string }): Account =>
  new Account(chart, "cert-controller", {
    documented: "its client calls at v2.9.0: pkg/controllers/crds of external-secrets",
    cluster: [
      { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: read },
      { groups: ["admissionregistration.k8s.io"], resources: ["validatingwebhookconfigurations"], verbs: read },
      {
        groups: ["admissionregistration.k8s.io"],
        resources: ["validatingwebhookconfigurations"],
        names: [names.configuration],
        verbs: ["update"],
        because: "the API server must know the CA of the certificate that it keeps",
      },
      { groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: read },
      events,
    ],
    here: [{ resources: ["secrets"], names: [names.secret], verbs: ["get", "update"], because: "the one Secret with the webhook's certificate" }],
  });
