import { clusterServing } from "./authority";
import { entryAddressOf } from "./flow";
import { addresses, internet, type AddressesPeer, type EntryPeer, type InternetPeer } from "./needs";
import type { Site } from "./site";

type ServerPeer = InternetPeer | AddressesPeer | EntryPeer;

/**
 * Egress to a server by name. One that the cluster serves itself is behind its own ingress, and one that another cluster of the lab
 * serves at that cluster's entry; an external of the lab that bears the name, a host of the lab and an address are where they
 * stand. Every other name is on the internet, which to policies has no private addresses.
 */
export function toServer(site: Site, host: string, port: number, from?: string): ServerPeer {
  const { lab, cluster: own } = site;
  const calling = from === undefined ? {} : { from };
  const at = (address: string): AddressesPeer => addresses([`${address}/32`], port, calling);
  if (/^[\d.]+$/.test(host)) return at(host);
  const cluster = clusterServing(host, lab);
  // Kind's host names lead to a port of its machine, and from there back in.
  if (cluster?.name === own.name && !own.network.hostPorts) return { kind: "entry", url: `https://${host}${port === 443 ? "" : `:${port}`}`, ...calling };
  if (cluster) return at(entryAddressOf(cluster, { lab }));
  const external = lab.externals.find((it) => it.host === host);
  const machine = lab.hosts.find(({ name }) => host === `${name}.${lab.domain}`);
  const [address = external?.address] = external ? [] : Object.values(machine?.addresses ?? {});
  return address === undefined ? internet(host, { port, ...calling }) : at(address);
}

/** The same, to the server of a URL. */
export function toUrl(site: Site, url: string, from?: string): ServerPeer {
  const { hostname, port, protocol } = new URL(url);
  return toServer(site, hostname, Number(port) || (protocol === "http:" ? 80 : 443), from);
}
