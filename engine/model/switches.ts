import type { Lab } from "./lab";

/** Switches that a TP-Link Omada controller sets up: its networks, port profiles and ports follow from the lab's VLANs. */
export interface Omada {
  /** The controller: `https://omada.hearth.example:8043`. */
  readonly endpoint: string;
  /** The site's name on the controller. */
  readonly site: string;
  readonly switches: readonly Switch[];
}

export interface Switch {
  readonly name: string;
  /** As the controller shows it: `AC-15-A2-00-00-01`. */
  readonly mac: string;
  /** What is plugged in, by port number. A port that is not listed stays as it is. */
  readonly ports: Readonly<Record<number, SwitchPort>>;
}

export type SwitchPort =
  /** A machine: its networks follow from its addresses, the first one untagged. */
  | { readonly host: string }
  /** Whatever stands in one network, and knows no VLAN. */
  | { readonly network: string }
  /** A router, a switch or an access point: every VLAN, one of them untagged. */
  | { readonly uplink: string; readonly untagged: string };

/** Which networks a port carries: one without a tag, the others with theirs. */
export interface PortNetworks {
  readonly untagged: string;
  /** Sorted. */
  readonly tagged: readonly string[];
}

/** What a port carries. Only networks with a VLAN are known to a switch. */
export function networksOn(port: SwitchPort, lab: Lab): PortNetworks {
  const tagged = (names: readonly string[], untagged: string): PortNetworks => ({
    untagged,
    tagged: names.filter((name) => name !== untagged && lab.networks.some((it) => it.name === name && it.vlan !== undefined)).sort(),
  });
  if ("network" in port) return { untagged: port.network, tagged: [] };
  if ("uplink" in port) return tagged(lab.networks.map(({ name }) => name), port.untagged);
  const node = lab.proxmox?.nodes.find(({ host }) => host === port.host);
  if (node) return tagged(node.bridge.carries, node.bridge.own);
  const own = Object.keys(lab.hosts.find(({ name }) => name === port.host)?.addresses ?? {});
  return tagged(own, own[0] ?? "");
}
