import { alertmanager } from "../apps/alertmanager/alertmanager";
import { certManager } from "../apps/cert-manager/cert-manager";
import { externalSecrets } from "../apps/external-secrets/external-secrets";
import { gatus } from "../apps/gatus/gatus";
import { grafana } from "../apps/grafana/grafana";
import { kubeStateMetrics } from "../apps/kube-state-metrics/kube-state-metrics";
import { metallb } from "../apps/metallb/metallb";
import { metricsServer } from "../apps/metrics-server/metrics-server";
import { nodeExporter } from "../apps/node-exporter/node-exporter";
import { prometheusOperator } from "../apps/prometheus-operator/prometheus-operator";
import { prometheus } from "../apps/prometheus/prometheus";
import { traefik } from "../apps/traefik/traefik";
import { place, type Placement } from "../engine/model/placement";
import type { Bytes, Cpu, Duration } from "../engine/model/quantity";
import { vaults } from "./secrets";

/** Whoever carries the phone: ntfy on the internet, so that it rings when the lab is dark. */
const receivers = [{ kind: "webhook" as const, name: "phone", host: "ntfy.sh", urlKey: "alertmanager-ntfy-url" }];

/** How much a cluster is watched: what history it keeps, how often it looks, and what that may take. */
interface Watched {
  readonly space: Bytes;
  readonly retention: Duration;
  readonly scrapeInterval?: Duration;
  readonly cpu?: Cpu;
  readonly memory: Bytes;
}

/** Copies elsewhere would cost more than it is worth: a new one begins where the old one stopped. */
const historyOnNode = { because: "its history is on its node's own disk; the heartbeat outside tells that nobody watches meanwhile" };

/** What every cluster stands on: names and certificates, secrets, a way in, and being watched. */
export const foundation = (watched: Watched): readonly Placement[] => [
  place(certManager),
  place(externalSecrets, { settings: { stores: vaults } }),
  place(traefik),
  place(prometheusOperator),
  place(prometheus, { settings: watched, downWithItsNode: historyOnNode }),
  place(alertmanager, { downWithItsNode: historyOnNode, settings: { receivers, heartbeat: { host: "hc-ping.com", urlKey: "alertmanager-heartbeat-url" } } }),
  place(grafana, watched.scrapeInterval ? { settings: { scrapeInterval: watched.scrapeInterval } } : {}),
  place(nodeExporter),
  place(kubeStateMetrics),
];

/** A page that says what people can reach right now: on the clusters that they use. */
export const statusPage = (): Placement => place(gatus);

/** What bare metal needs besides: addresses of the LAN. */
export const onBareMetal = (): readonly Placement[] => [place(metallb)];

/** What Kind does not bring and k3s does. */
export const onKind = (): readonly Placement[] => [place(metricsServer)];
