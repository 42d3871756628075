import type { Cluster, HostPorts } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import { routed } from "../../model/flow";
import type { Endpoint } from "../../model/needs";
import { hostPortOf, nodePortOf } from "../../model/node-port";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { addressRange, contains, spanRange } from "../../model/address-range";
import { groupsOf, repeated } from "../groups";

interface Direct {
  readonly release: Release;
  readonly name: string;
  readonly endpoint: Endpoint;
}

/** What is reached without the ingress has an address, or on Kind a port of the host, to itself. */
export function lanPortOnce(world: World): readonly Finding[] {
  const direct = world.releases.flatMap((release) =>
    Object.entries(release.needs.exposes ?? {})
      .filter(([, endpoint]) => endpoint.reach !== "cluster" && !routed(endpoint))
      .map(([name, endpoint]): Direct => ({ release, name, endpoint })),
  );
  const fixed = direct.filter(({ release, endpoint }) => endpoint.address !== undefined && !release.cluster.network.hostPorts);
  const onHosts = groupsOf(
    direct.filter(({ release }) => release.cluster.network.hostPorts),
    ({ release }) => release.cluster.name,
  );
  return [...fixed.flatMap(outsidePools), ...sharedAddresses(fixed), ...[...onHosts.values()].flatMap(hostPortsOf)];
}

function outsidePools({ release, name, endpoint }: Direct): readonly Finding[] {
  const pools = Object.values(release.cluster.network.pools ?? {});
  const address = addressRange(endpoint.address ?? "");
  if (address && pools.some((pool) => contains(spanRange(pool) ?? address, address))) return [];
  return [
    report(
      "lan-address",
      release,
      `exposes.${name} asks for ${endpoint.address}`,
      `an address of ${release.cluster.name}'s pools: ${pools.join(", ") || "it has none"}`,
      "Choose an address of a pool",
    ),
  ];
}

/** A LoadBalancer Service has its address alone; ports of one component stand in one Service. */
const sharedAddresses = (fixed: readonly Direct[]): readonly Finding[] =>
  [...groupsOf(fixed, ({ endpoint }) => endpoint.address ?? "")].flatMap(([address, users]) => {
    const services = [...new Set(users.map(({ release, endpoint }) => `${release.address}'s ${endpoint.component ?? release.app.name}`))];
    return services.length > 1
      ? [
          report(
            "lan-address",
            users.at(-1)?.release,
            `${services.join(" and ")} ask for ${address}`,
            "one Service for each address",
            "Give all but one another address, or none",
          ),
        ]
      : [];
  });

function hostPortsOf(direct: readonly Direct[]): readonly Finding[] {
  const cluster = direct[0]?.release.cluster;
  const ports = cluster?.network.hostPorts;
  if (!cluster || !ports) return [];
  return [
    ...direct.filter(({ endpoint }) => hostPortOf(endpoint, ports) > ports.to).map((it) => outsideRange(it, ports)),
    ...clashes(direct, (it) => hostPortOf(it.endpoint, ports), `host ${ports.host}`),
    ...clashes(direct, (it) => nodePortOf(it.endpoint), `${cluster.name}'s nodes`),
    ...direct.filter((it) => isWebPort(it, ports)).map((it) => webPort(it, cluster)),
  ];
}

const clashes = (direct: readonly Direct[], portOf: (it: Direct) => number, where: string): readonly Finding[] =>
  repeated(direct, (it) => `${it.endpoint.scheme === "udp" ? "UDP" : "TCP"} ${portOf(it)}`).map(([port, same]) =>
    report(
      "host-port-once",
      same[1]?.release,
      `${same.map(({ release, name }) => `${release.address}'s ${name}`).join(" and ")} take ${port} of ${where}`,
      "a port each",
      "Give one of them another `servicePort`",
    ),
  );

const outsideRange = ({ release, name, endpoint }: Direct, ports: HostPorts): Finding =>
  report(
    "host-port-range",
    release,
    `exposes.${name} would take port ${hostPortOf(endpoint, ports)} of ${ports.host}`,
    `a port of ${ports.from}-${ports.to}`,
    "Widen the cluster's range, or give it another `servicePort`",
  );

/** By its own number it lands on a port that web traffic has. */
const isWebPort = ({ endpoint }: Direct, ports: HostPorts): boolean =>
  ![80, 443].includes(endpoint.servicePort ?? endpoint.port) && [ports.http, ports.https].includes(hostPortOf(endpoint, ports));

const webPort = ({ release, name }: Direct, cluster: Cluster): Finding =>
  report(
    "host-port-once",
    release,
    `exposes.${name} lands on the host port that ${cluster.name} keeps for web traffic`,
    "a port that nothing else uses",
    "Give it another `servicePort`",
  );

const report = (rule: string, release: Release | undefined, found: string, expected: string, fix: string): Finding =>
  error({ rule, address: release?.address ?? "lab", found, expected, fix });
