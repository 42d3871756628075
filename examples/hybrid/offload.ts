import type { Offload } from "../../engine/model/offload";

/** Models that answer when the card in the house does not, and a machine for a weekend, which is off. */
export const offload: Offload = {
  project: "hybrid-example-offload",
  billingAccount: "000000-000000-000000",
  region: "europe-west1",
  alertsTo: "ada@hybrid.example",
  budget: { amount: 30, currency: "USD" },
  models: [{ cluster: "attic", namespace: "litellm", account: "litellm" }],
  machine: {
    type: "g2-standard-16",
    zone: "europe-west1-b",
    disk: "200Gi",
    image: "projects/debian-cloud/global/images/family/debian-12",
    stopsAfter: "8h",
  },
};
