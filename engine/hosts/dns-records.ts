import { entryAddressOf } from "../model/flow";
import type { World } from "../model/resolve";

/**
 * Unbound's configuration for the lab's names (OPNsense, Pi-hole and most routers read it): every name of a cluster leads to
 * its one way in, and every host has its own. https://unbound.docs.nlnetlabs.nl/en/latest/manpages/unbound.conf.html
 */
export function dnsRecords(world: World): string {
  const { lab } = world;
  const zones = lab.clusters.flatMap((cluster) => {
    const address = entryAddressOf(cluster, world);
    const zone = `${cluster.name}.${lab.domain}.`;
    return address ? [`  local-zone: "${zone}" redirect`, `  local-data: "${zone} 300 IN A ${address}"`] : [];
  });
  const hosts = lab.hosts.flatMap((host) => {
    const [address] = Object.values(host.addresses);
    return address ? [`  local-data: "${host.name}.${lab.domain}. 300 IN A ${address}"`, `  local-data-ptr: "${address} ${host.name}.${lab.domain}."`] : [];
  });
  const externals = lab.externals.flatMap(({ host, address }) => (host?.endsWith(`.${lab.domain}`) ? [`  local-data: "${host}. 300 IN A ${address}"`] : []));
  return ["server:", ...zones, ...hosts, ...externals, ""].join("\n");
}
