import type { Chart } from "cdk8s";
import { KubeValidatingWebhookConfiguration } from "cdk8s-plus-30/lib/imports/k8s";

/** Fixed in the program, which puts its CA into the configuration of this name: internal/k8s/k8s.go. */
export const webhookConfiguration = "metallb-webhook-configuration";

/** What the controller validates; names and operations are upstream's (config/webhook/manifests.yaml), so that an existing one is taken over. */
const validated = [
  { name: "bgppeersvalidationwebhook", resource: "bgppeer", plural: "bgppeers", version: "v1beta2", operations: ["CREATE", "UPDATE"] },
  { name: "bfdprofilevalidationwebhook", resource: "bfdprofile", plural: "bfdprofiles", version: "v1beta1", operations: ["CREATE", "DELETE"] },
  { name: "bgpadvertisementvalidationwebhook", resource: "bgpadvertisement", plural: "bgpadvertisements", version: "v1beta1", operations: ["CREATE", "UPDATE"] },
  { name: "communityvalidationwebhook", resource: "community", plural: "communities", version: "v1beta1", operations: ["CREATE", "UPDATE"] },
  { name: "ipaddresspoolvalidationwebhook", resource: "ipaddresspool", plural: "ipaddresspools", version: "v1beta1", operations: ["CREATE", "UPDATE"] },
  { name: "l2advertisementvalidationwebhook", resource: "l2advertisement", plural: "l2advertisements", version: "v1beta1", operations: ["CREATE", "UPDATE"] },
];

/** Overlapping pools and advertisements of unknown pools are refused when they are written, not when an address is missing. */
export function webhook(chart: Chart, service: { readonly name: string; readonly namespace: string }): void {
  new KubeValidatingWebhookConfiguration(chart, "webhook", {
    metadata: { name: webhookConfiguration },
    webhooks: validated.map(({ name, resource, plural, version, operations }) => ({
      name: `${name}.metallb.io`,
      admissionReviewVersions: ["v1"],
      clientConfig: { service: { ...service, path: `/validate-metallb-io-${version}-${resource}`, port: 443 } },
      rules: [{ apiGroups: ["metallb.io"], apiVersions: [version], operations, resources: [plural] }],
      failurePolicy: "Fail",
      sideEffects: "None",
    })),
  });
}
