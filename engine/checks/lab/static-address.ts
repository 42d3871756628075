import type { Cluster, Node } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import type { Network } from "../../model/network";
import { addressRange, cidrRange, contains, overlaps, spanRange } from "../../model/address-range";

/** An address, or a range of them, that somebody was given for ever. */
export interface StaticAddress {
  /** Whose it is, as findings name it. */
  readonly address: string;
  readonly what: string;
  readonly text: string;
  /** The network it must stand in; without it, any of the lab's. */
  readonly network?: string;
  readonly range?: true;
}

/** Every static address stands in its network, and outside what that network's DHCP server hands out. */
export function staticAddress(lab: Lab): readonly Finding[] {
  const networks = new Map(lab.networks.map((network) => [network.name, network]));
  const homesOf = ({ network }: StaticAddress): readonly Network[] => (network === undefined ? lab.networks : [networks.get(network) ?? []].flat());
  return [...staticAddresses(lab).flatMap((it) => misplaced(it, homesOf(it))), ...lab.networks.flatMap(dhcpInside)];
}

/** All static addresses of the lab, each under its first owner: a node has its host's, and an ingress without pools is a node's. */
export function staticAddresses(lab: Lab): readonly StaticAddress[] {
  const hosts = new Map(lab.hosts.map((host) => [host.name, host]));
  const isHosts = (node: Node, network: string): boolean => hosts.get(node.host)?.addresses[network] === node.address;
  return [
    ...lab.hosts.flatMap(({ name, addresses }) =>
      Object.entries(addresses).map(([network, text]): StaticAddress => ({ address: `host ${name}`, what: `host ${name}`, text, network })),
    ),
    ...lab.networks.flatMap(({ name, gateway }): StaticAddress[] =>
      gateway === undefined ? [] : [{ address: `network ${name}`, what: `the gateway of ${name}`, text: gateway, network: name }],
    ),
    ...lab.clusters.flatMap((cluster) => clusterAddresses(cluster, isHosts)),
    ...lab.externals.map(({ name, address }): StaticAddress => ({ address: `external ${name}`, what: `external ${name}`, text: address })),
    ...memberAddresses(lab),
    ...lab.clusters.flatMap((cluster) => virtualAddress(cluster, lab)),
  ];
}

/** An API server's own address, which is no machine's: whichever control plane answers has it. One elsewhere is found where it is written. */
function virtualAddress({ name, network, nodes }: Cluster, { hosts, networks }: Lab): readonly StaticAddress[] {
  const text = URL.canParse(network.api) ? new URL(network.api).hostname : "";
  const [own, home] = [addressRange(text), cidrRange(networks.find((it) => it.name === network.nodes)?.cidr ?? "")];
  const isMachines = nodes.some(({ address }) => address === text) || hosts.some(({ addresses }) => Object.values(addresses).includes(text));
  return own && home && contains(home, own) && !isMachines ? [{ address: name, what: `the API server of ${name}`, text, network: network.nodes }] : [];
}

/** A member that is a host may have the host's own address there, and the hub the network's gateway. */
function memberAddresses({ wireguard, hosts, networks }: Lab): readonly StaticAddress[] {
  if (!wireguard) return [];
  const { network, hub, members } = wireguard;
  const gateway = networks.find(({ name }) => name === network)?.gateway;
  return members
    .filter(({ name, host, address }) => hosts.find((it) => it.name === host)?.addresses[network] !== address && !(name === hub && address === gateway))
    .map(({ name, address }): StaticAddress => ({ address: "wireguard", what: `WireGuard member ${name}`, text: address, network }));
}

function clusterAddresses(
  { name, network, nodes, distribution }: Cluster,
  isHosts: (node: Node, network: string) => boolean,
): readonly StaticAddress[] {
  const own = { address: name, network: network.nodes };
  const pools = Object.entries(network.pools ?? {});
  const isNodes = pools.length === 0 && nodes.some(({ address }) => address === network.ingress);
  return [
    // Docker hands out the addresses of Kind's nodes: there, none is right.
    ...nodes
      .filter((node) => (node.address === "" ? distribution.lanReachable : !isHosts(node, network.nodes)))
      .map((node): StaticAddress => ({ ...own, what: `node ${node.name}`, text: node.address })),
    ...(network.ingress === undefined || isNodes ? [] : [{ ...own, what: `the ingress of ${name}`, text: network.ingress }]),
    ...pools.map(([pool, text]): StaticAddress => ({ ...own, what: `pool ${pool}`, text, range: true })),
  ];
}

function misplaced(it: StaticAddress, homes: readonly Network[]): readonly Finding[] {
  const range = it.range ? spanRange(it.text) : addressRange(it.text);
  if (!range) return [malformed(it)];
  const sound = homes.filter(({ cidr }) => cidrRange(cidr));
  if (sound.length === 0) return [];
  const home = sound.find(({ cidr }) => contains(cidrRange(cidr) ?? range, range));
  if (!home) return [outside(it, homes)];
  const dhcp = home.dhcp === undefined ? undefined : spanRange(home.dhcp);
  return dhcp && overlaps(dhcp, range) ? [leased(it, home)] : [];
}

const malformed = ({ address, what, text, network, range }: StaticAddress): Finding =>
  error({
    rule: "address-valid",
    address,
    found: text === "" ? `${what} has no address` : `${what} = ${JSON.stringify(text)}`,
    expected: range ? "a range, first-last, such as 192.168.40.200-192.168.40.220" : `an IP address${network ? ` in network ${network}` : ""}`,
    fix: text === "" && network ? `Give its host an address in network ${network}` : "Write it out in full",
  });

const outside = ({ address, what, text, range }: StaticAddress, homes: readonly Network[]): Finding =>
  error({
    rule: range ? "pool-in-network" : "address-in-network",
    address,
    found: `${what} (${text}) is in none of: ${homes.map(({ name, cidr }) => `${name} ${cidr}`).join(", ")}`,
    expected: range ? "a pool inside the network that the cluster's nodes stand in" : "an address inside its network",
    fix: range ? "Choose a range of that network that nothing else uses" : "Choose a free address of that network, or name the network it is in",
  });

const leased = ({ address, what, text }: StaticAddress, home: Network): Finding =>
  error({
    rule: "address-static",
    address,
    found: `${what} (${text}) stands where ${home.name}'s DHCP server hands out ${home.dhcp}`,
    expected: "static addresses outside the DHCP range",
    fix: "Move it out of the range, or shrink the range here and on the server",
  });

function dhcpInside({ name, cidr, dhcp }: Network): readonly Finding[] {
  const network = cidrRange(cidr);
  const range = dhcp === undefined ? undefined : spanRange(dhcp);
  if (dhcp === undefined || !network || (range && contains(network, range))) return [];
  return [
    error({
      rule: "address-valid",
      address: `network ${name}`,
      found: `dhcp = ${JSON.stringify(dhcp)}`,
      expected: `a range, first-last, inside ${cidr}`,
      fix: "Copy the range from the DHCP server",
    }),
  ];
}
