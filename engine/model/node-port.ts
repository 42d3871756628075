import type { HostPorts } from "./cluster";
import type { Endpoint } from "./needs";

/** The port that callers of an endpoint use. */
export const servicePortOf = (endpoint: Endpoint): number => endpoint.servicePort ?? endpoint.port;

/** The NodePort of an endpoint on Kind; both ends of a mapping are fixed, because Kind's mappings cannot change while it lives. */
export const nodePortOf = (endpoint: Endpoint): number => 30000 + (servicePortOf(endpoint) % 2768);

/**
 * The port of the host that leads to an endpoint on Kind: web traffic has the two that the lab names; anything else keeps the
 * last three digits of its own port, inside the cluster's range.
 */
export function hostPortOf(endpoint: Endpoint, ports: HostPorts): number {
  const port = servicePortOf(endpoint);
  return port === 80 ? ports.http : port === 443 ? ports.https : ports.from + (port % 1000);
}
