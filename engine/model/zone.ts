import type { Zone } from "./host-flows";
import type { Lab } from "./lab";

/** The addresses of one end of a conversation between machines: addresses with `/32`, networks, or pool ranges. Sorted. */
export function addressesOf(zone: Zone, lab: Lab): readonly string[] {
  return [...new Set(unsorted(zone, lab))].sort();
}

function unsorted(zone: Zone, lab: Lab): readonly string[] {
  switch (zone.kind) {
    case "internet":
      return ["0.0.0.0/0"];
    case "lab":
      return lab.networks.map(({ cidr }) => cidr);
    case "managers":
      return lab.networks.filter(({ manages }) => manages).map(({ cidr }) => cidr);
    case "hosts":
      return lab.hosts.flatMap(({ addresses }) => Object.values(addresses)).map(single);
    case "host":
      return Object.values(lab.hosts.find(({ name }) => name === zone.name)?.addresses ?? {}).map(single);
    case "external":
      return lab.externals.filter(({ name }) => name === zone.name).map(({ address }) => single(address));
    case "nodes":
    case "control-plane": {
      const nodes = lab.clusters.find(({ name }) => name === zone.cluster)?.nodes ?? [];
      return nodes
        .filter(({ role, address }) => address && (zone.kind === "nodes" || role === "control-plane"))
        .map(({ address }) => single(address));
    }
    case "entry": {
      const network = lab.clusters.find(({ name }) => name === zone.cluster)?.network;
      return [...(network?.ingress ? [single(network.ingress)] : []), ...Object.values(network?.pools ?? {})];
    }
  }
}

const single = (address: string): string => `${address}/32`;

/** What a firewall calls it: `nodes-forge`, `managers`. Letters, digits and dashes. */
export const zoneName = (zone: Zone): string =>
  "cluster" in zone ? `${zone.kind}-${zone.cluster}` : "name" in zone ? `${zone.kind}-${zone.name}` : zone.kind;
