import { certManager } from "../apps/cert-manager/cert-manager";
import { externalSecrets } from "../apps/external-secrets/external-secrets";
import { gcpSecretManager } from "../apps/external-secrets/store";
import { kubeStateMetrics } from "../apps/kube-state-metrics/kube-state-metrics";
import { metallb } from "../apps/metallb/metallb";
import { nodeExporter } from "../apps/node-exporter/node-exporter";
import { prometheusOperator } from "../apps/prometheus-operator/prometheus-operator";
import { place, type Placement } from "../engine/model/placement";

/** The lab's vault: what must not stand in git is fetched from here. */
const vaults = { "lab-vault": gcpSecretManager({ projectID: "hearth-vault" }) };

/** What every cluster stands on: names and certificates, secrets, and being watched. */
export const foundation = (): readonly Placement[] => [
  place(certManager),
  place(externalSecrets, { settings: { stores: vaults } }),
  place(prometheusOperator),
  place(nodeExporter),
  place(kubeStateMetrics),
];

/** What bare metal needs besides: addresses of the LAN. */
export const bareMetal = (): readonly Placement[] => [place(metallb)];
