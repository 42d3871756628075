import { clusterServing } from "./authority";
import { entryAddressOf } from "./flow";
import type { Lab } from "./lab";
import { addresses, internet, type AddressesPeer, type InternetPeer } from "./needs";

/**
 * Egress to a server by name: one that another cluster of the lab serves is at that cluster's entry, an address is itself, and
 * every other name is on the internet.
 */
export function toServer(lab: Lab, host: string, port: number, from?: string): InternetPeer | AddressesPeer {
  const calling = from === undefined ? {} : { from };
  if (/^[\d.]+$/.test(host)) return addresses([`${host}/32`], port, calling);
  const cluster = clusterServing(host, lab);
  return cluster ? addresses([`${entryAddressOf(cluster, { lab })}/32`], port, calling) : internet(host, { port, ...calling });
}

/** The same, to the server of a URL. */
export function toUrl(lab: Lab, url: string, from?: string): InternetPeer | AddressesPeer {
  const { hostname, port, protocol } = new URL(url);
  return toServer(lab, hostname, Number(port) || (protocol === "http:" ? 80 : 443), from);
}
