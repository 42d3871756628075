import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";
import { electsLeader, tellsEvents } from "../../engine/workload/permissions";

const group = "external-secrets.io";
const read = ["get", "list", "watch"];

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
      { groups: [group], resources: ["clustersecretstores", "externalsecrets", "pushsecrets", "secretstores"], verbs: read, because: "it acts on these" },
      { groups: [group], resources: ["externalsecrets"], verbs: ["patch"], because: "its finalizer" },
      { groups: [group], resources: ["externalsecrets/status"], verbs: ["update"], because: "whether its Secret is there, and as of when, stands in its status" },
      { groups: [group], resources: ["clustersecretstores/status", "pushsecrets/status"], verbs: ["patch"], because: "whether a store answers, and what was pushed, stands in their status" },
      { groups: ["generators.external-secrets.io"], resources: generators, verbs: read, because: "a value is made as one of these says, whichever an ExternalSecret names" },
      { resources: ["namespaces"], verbs: read, because: "a store's conditions are about the labels of the caller's namespace" },
      {
        resources: ["secrets"],
        verbs: [...read, "create", "update", "patch", "delete"],
        because: "writing Secrets into every namespace is what it is for; it deletes one only when its ExternalSecret was given another name for it",
      },
      tellsEvents,
    ],
    here: [
      ...electsLeader("external-secrets-controller", ["get", "update", "patch"]),
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
      { groups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: read, because: "it watches its own, whose conversions it would tell the CA" },
      { groups: ["admissionregistration.k8s.io"], resources: ["validatingwebhookconfigurations"], verbs: read, because: "it finds its own among them" },
      {
        groups: ["admissionregistration.k8s.io"],
        resources: ["validatingwebhookconfigurations"],
        names: [names.configuration],
        verbs: ["update"],
        because: "the API server must know the CA of the certificate that it keeps",
      },
      { groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: read, because: "it is ready when the webhook answers, which these tell" },
      tellsEvents,
    ],
    here: [{ resources: ["secrets"], names: [names.secret], verbs: ["get", "update"], because: "the one Secret with the webhook's certificate" }],
  });
