import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import { privateRanges } from "../../model/flow";
import type { Lab } from "../../model/lab";
import { addressRange, cidrRange, contains } from "../../model/address-range";

/** Networks are large enough for what they carry, and private: what is not would pass for the internet. */
export const clusterNetwork = (lab: Lab): readonly Finding[] => [
  ...lab.networks.flatMap(({ name, cidr }) => isPrivate(`network ${name}`, `network ${name}`, cidr)),
  ...lab.clusters.flatMap((cluster) => [
    ...isPrivate(cluster.name, `${cluster.name}'s pods`, cluster.network.pods),
    ...isPrivate(cluster.name, `${cluster.name}'s services`, cluster.network.services),
    ...podsRoom(cluster),
    ...servicesRoom(cluster),
    ...apiAddress(cluster, lab),
  ]),
];

function isPrivate(address: string, what: string, cidr: string): readonly Finding[] {
  const range = cidrRange(cidr);
  if (!range || cidr.includes(":") || privateRanges.some((it) => contains(cidrRange(it) ?? range, range))) return [];
  return [
    finding("address-private", address, `${what} = ${cidr}, which is on the internet`, `a part of ${privateRanges.join(", ")}`, "Choose a private range: policies that open the internet open everything else"),
  ];
}

const prefixOf = (cidr: string): number | undefined => (cidrRange(cidr) && !cidr.includes(":") ? Number(cidr.split("/")[1]) : undefined);

/** Every node gets a /24 for its pods: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/, --node-cidr-mask-size. */
function podsRoom({ name, network, nodes }: Cluster): readonly Finding[] {
  const prefix = prefixOf(network.pods);
  if (prefix === undefined || (prefix <= 24 && 2 ** (24 - prefix) >= nodes.length)) return [];
  return [finding("cidr-room", name, `pods = ${network.pods} for ${nodes.length} nodes`, "a /24 for each node", `Use a /${24 - Math.ceil(Math.log2(Math.max(2, nodes.length)))} or larger`)];
}

/** The API server refuses more than 20 bits, and the cluster's DNS takes the tenth address. */
function servicesRoom({ name, network }: Cluster): readonly Finding[] {
  const prefix = prefixOf(network.services);
  if (prefix === undefined || (prefix >= 12 && prefix <= 28)) return [];
  return [finding("cidr-room", name, `services = ${network.services}`, "between /12 and /28", "Use a /16, as everybody does")];
}

/** An API address that is a node's must be a control plane's; one that is nobody's is a virtual one, in the nodes' network. */
function apiAddress({ name, network, nodes }: Cluster, { networks, hosts }: Lab): readonly Finding[] {
  const host = URL.canParse(network.api) ? new URL(network.api).hostname : "";
  const own = addressRange(host);
  if (!own || nodes.some(({ address, role }) => address === host && role === "control-plane")) return [];
  const report = (found: string): readonly Finding[] => [
    finding("api-address", name, found, "the address of a control plane, or a virtual one in the network of its nodes", "Write the address that answers on 6443"),
  ];
  const taken = hosts.find(({ addresses }) => Object.values(addresses).includes(host));
  if (taken) return report(`network.api at ${host}, which is host ${taken.name}'s, and that is no control plane of ${name}`);
  const home = cidrRange(networks.find((it) => it.name === network.nodes)?.cidr ?? "");
  return home && !contains(home, own) ? report(`network.api at ${host}, outside network ${network.nodes}`) : [];
}

const finding = (rule: string, address: string, found: string, expected: string, fix: string): Finding => error({ rule, address, found, expected, fix });
