import { isIP } from "node:net";
import type { LabUnderTest } from "../cluster/cluster-under-test";
import type { Endpoint } from "../cluster/api-server";

/** The run's network: which addresses are local and which names they have, all as the lab says. */
export interface Addresses {
  /** Where each cluster's API server listens, by cluster. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  /** What is seen as /etc/hosts. */
  readonly hostsFile: string;
  /** CIDRs whose addresses are this machine's: API servers', and all Services'. */
  readonly local: readonly string[];
}

/**
 * Gives every name of the lab an address: an API server keeps its own, and one that is only a name gets a loopback one.
 * Services by which Argo CD's parts look each other up are all this machine; each has a port of its own.
 */
export function addressesOf(lab: LabUnderTest, gitHosts: readonly string[], argocdServices: readonly ServiceName[]): Addresses {
  const names = new Map<string, string>();
  for (const host of ["localhost", ...gitHosts]) names.set(host, "127.0.0.1");
  for (const service of argocdServices) for (const name of serviceNames(service)) names.set(name, "127.0.0.1");
  const endpoints = new Map<string, Endpoint>();
  const local: string[] = [];
  for (const [index, { name, api, services }] of lab.clusters.entries()) {
    const { hostname, port } = new URL(api);
    const address = isIP(hostname) === 0 ? `127.0.1.${String(index + 1)}` : hostname;
    if (address === hostname) local.push(`${address}/32`);
    else names.set(hostname, address);
    local.push(services);
    endpoints.set(name, { address, port: Number(port === "" ? "443" : port), services });
  }
  return { endpoints, local, hostsFile: [...names].map(([name, address]) => `${address} ${name}\n`).join("") };
}

/** A Service, and the names that its clients may use. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

function serviceNames({ namespace, name }: ServiceName): readonly string[] {
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
}
