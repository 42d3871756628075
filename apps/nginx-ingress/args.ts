import { entryAddressOf } from "../../engine/model/flow";
import type { Site } from "../../engine/model/site";

/** Web traffic comes in where everybody expects it: redirects name the port that NGINX itself listens on. */
export const ports = { web: 80, websecure: 443, ready: 8081, metrics: 9113 } as const;

interface Flags {
  readonly site: Site;
  readonly configMap: string;
  /** The Service with the address that the LAN sees. */
  readonly service: string;
  readonly ingressClassName: string;
  readonly lease: string;
  readonly logLevel: string;
}

/** Flags of the controller, cmd/nginx-ingress/flags.go at 5.5.4. NGINX itself is configured by a ConfigMap. */
export const args = ({ site, configMap, service, ingressClassName, lease, logLevel }: Flags): readonly string[] => [
  `-nginx-configmaps=$(POD_NAMESPACE)/${configMap}`,
  `-ingress-class=${ingressClassName}`,
  // Plain Ingress objects are all that it routes, and so it needs none of its own kinds.
  "-enable-custom-resources=false",
  "-enable-telemetry-reporting=false",
  "-report-ingress-status",
  // Where the lab names the address, the ConfigMap does; otherwise whatever the Service was given.
  ...(entryAddressOf(site.cluster, site) ? [] : [`-external-service=${service}`]),
  `-leader-election-lock-name=${lease}`,
  // Its metrics come over a socket; without them, this would be one more port.
  "-nginx-status=false",
  "-enable-prometheus-metrics",
  `-prometheus-metrics-listen-port=${ports.metrics}`,
  // Who answers how, and how fast: without it, only requests are counted.
  "-enable-latency-metrics",
  `-ready-status-port=${ports.ready}`,
  `-log-level=${logLevel}`,
  "-log-format=json",
];
