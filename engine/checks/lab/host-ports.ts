import type { Cluster, HostPorts } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { groupsOf } from "../groups";

interface Range {
  readonly cluster: string;
  readonly ports: HostPorts;
}

/** Clusters on one machine share its ports: each has a range of its own, and uses every port in it once. */
export function hostPorts(lab: Lab): readonly Finding[] {
  const ranges = lab.clusters.flatMap(({ name, network }): Range[] => (network.hostPorts ? [{ cluster: name, ports: network.hostPorts }] : []));
  return [
    ...ranges.flatMap(ownRange),
    ...lab.clusters.flatMap(needless),
    ...ranges.flatMap((range) => taken(range, lab)),
    ...[...groupsOf(ranges, ({ ports }) => ports.host).values()].flatMap(sharing),
  ];
}

function ownRange({ cluster, ports }: Range): readonly Finding[] {
  const { from, to, http, https } = ports;
  const outside = Object.entries({ http, https }).filter(([, port]) => port < from || port > to);
  return [
    // Below 1024 the host's own services listen, and Docker needs rights that its users should not have.
    ...(from < 1024 || to > 65535 || from > to
      ? [finding("host-port-range", cluster, `hostPorts ${from}-${to}`, "a range between 1024 and 65535", "Choose such a range")]
      : []),
    ...outside.map(([name, port]) =>
      finding(
        "host-port-range",
        cluster,
        `hostPorts.${name} = ${port}, outside its own range ${from}-${to}`,
        "a port of the range",
        "Choose a port inside the range",
      ),
    ),
    ...(http === https
      ? [finding("host-port-once", cluster, `port ${http} for both http and https`, "a port each", "Choose another port for one of them")]
      : []),
  ];
}

const needless = ({ name, network, distribution }: Cluster): readonly Finding[] =>
  network.hostPorts && distribution.lanReachable
    ? [
        finding(
          "host-port-range",
          name,
          `hostPorts on ${distribution.name}, whose nodes the LAN reaches`,
          "addresses of pools",
          "Remove `hostPorts`, and give the cluster `pools` and an `ingress` address",
        ),
      ]
    : [];

/** What listens on the machine itself, and is told to apps as an external. */
const taken = ({ cluster, ports }: Range, { hosts, externals }: Lab): readonly Finding[] => {
  const addresses = Object.values(hosts.find(({ name }) => name === ports.host)?.addresses ?? {});
  return externals
    .filter(({ address, port }) => addresses.includes(address) && port >= ports.from && port <= ports.to)
    .map(({ name, port }) =>
      finding("host-port-overlap", cluster, `host ports ${cluster} ${ports.from}-${ports.to}, and external ${name} on port ${port} of ${ports.host}`, "a range that nothing else on the host listens in", "Move the range"),
    );
};

/** Ranges sorted by their first port: one that starts before the last has ended overlaps it. */
function sharing(ranges: readonly Range[]): readonly Finding[] {
  const sorted = [...ranges].sort((a, b) => a.ports.from - b.ports.from);
  return sorted.flatMap((range, index) => {
    const before = sorted.slice(0, index).find(({ ports }) => ports.to >= range.ports.from);
    if (!before) return [];
    const shown = ({ cluster, ports }: Range) => `${cluster} ${ports.from}-${ports.to}`;
    return [
      finding(
        "host-port-overlap",
        range.cluster,
        `host ports ${shown(range)} and ${shown(before)} overlap on ${range.ports.host}`,
        "a range of its own for each cluster of a host",
        "Move one of the ranges",
      ),
    ];
  });
}

const finding = (rule: string, address: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address, found, expected, fix });
