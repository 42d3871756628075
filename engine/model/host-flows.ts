import type { OnsiteCopy } from "./backups";
import type { Cluster } from "./cluster";
import type { Lab } from "./lab";
import type { Endpoint } from "./needs";
import { carried, routed } from "./flow";
import { onsiteBuckets, onsiteNames, type OnsiteBucket, type OnsiteWriter } from "./onsite-s3";
import type { Release } from "./release";
import type { World } from "./resolve";

/** One conversation between machines that something in the lab has declared. Firewalls outside the clusters allow these, and no more. */
export interface HostFlow {
  readonly from: Zone;
  readonly to: Zone;
  /** `443`, or a range: `2379-2380`. */
  readonly ports: string;
  readonly protocol: "TCP" | "UDP";
  readonly because: string;
}

/** One end of such a conversation. */
export type Zone =
  /** Networks from which machines are managed. */
  | { readonly kind: "managers" }
  /** Every network of the lab. */
  | { readonly kind: "lab" }
  | { readonly kind: "internet" }
  | { readonly kind: "hosts" }
  | { readonly kind: "host"; readonly name: string }
  | { readonly kind: "external"; readonly name: string }
  | { readonly kind: "nodes" | "control-plane"; readonly cluster: string }
  /** Where a cluster answers: its ingress and its pools. */
  | { readonly kind: "entry"; readonly cluster: string };

/** Everything that machines may say to each other, once each. Kind's clusters live inside one machine, behind its own ports. */
export function hostFlows(world: World): readonly HostFlow[] {
  const { lab, releases } = world;
  const onMetal = lab.clusters.filter(({ distribution }) => distribution.lanReachable);
  const flows = [
    tcp({ kind: "managers" }, { kind: "hosts" }, "22", "managing machines"),
    ...onMetal.flatMap((cluster) => [...clusterFlows(cluster), ...hubFlows(cluster, lab)]),
    ...lab.clusters.flatMap((cluster) => kindFlows(cluster)),
    ...releases
      .filter(({ cluster }) => onMetal.includes(cluster))
      .flatMap((release) => [...enteringFlows(release), ...externalFlows(release, lab)]),
    ...backupFlows(lab),
  ];
  return [...new Map(flows.map((flow) => [JSON.stringify([flow.from, flow.to, flow.ports, flow.protocol]), flow])).values()];
}

const tcp = (from: Zone, to: Zone, ports: string, because: string): HostFlow => ({ from, to, ports, protocol: "TCP", because });

/**
 * Nodes of one cluster trust each other: kubelets, etcd, the overlay and everything on the host's network (Ceph, MetalLB,
 * exporters) talk there. https://docs.k3s.io/installation/requirements#networking lists what k3s alone needs.
 */
function clusterFlows({ name }: Cluster): readonly HostFlow[] {
  const nodes: Zone = { kind: "nodes", cluster: name };
  return [
    tcp({ kind: "managers" }, { kind: "control-plane", cluster: name }, "6443", "Kubernetes API, for people"),
    tcp(nodes, nodes, "1-65535", `nodes of ${name}`),
    { from: nodes, to: nodes, ports: "1-65535", protocol: "UDP", because: `nodes of ${name}` },
  ];
}

/** The hub's Argo CD calls every cluster's API. A hub of containers calls from its machine. */
function hubFlows(cluster: Cluster, { gitops, clusters }: Lab): readonly HostFlow[] {
  if (gitops.mode !== "hub" || gitops.hub === cluster.name) return [];
  const hub = clusters.find(({ name }) => name === gitops.hub);
  const machines = [...new Set(hub?.nodes.map(({ host }) => host))];
  return machines.map((name) =>
    tcp({ kind: "host", name }, { kind: "control-plane", cluster: cluster.name }, "6443", `Kubernetes API, for Argo CD on ${gitops.hub}`),
  );
}

function kindFlows({ name, network }: Cluster): readonly HostFlow[] {
  const { hostPorts } = network;
  return hostPorts
    ? [tcp({ kind: "lab" }, { kind: "host", name: hostPorts.host }, `${hostPorts.from}-${hostPorts.to}`, `what ${name} exposes`)]
    : [];
}

/** What a release exposes beyond its cluster: by name through the ingress, or on a port of its own. */
function enteringFlows({ needs, name, cluster }: Release): readonly HostFlow[] {
  const entry: Zone = { kind: "entry", cluster: cluster.name };
  return Object.values(needs.exposes ?? {})
    .filter(({ reach }) => reach !== "cluster")
    .flatMap((endpoint): readonly HostFlow[] => {
      const from: Zone = endpoint.reach === "internet" && !carried(cluster, endpoint) ? { kind: "internet" } : { kind: "lab" };
      if (routed(endpoint)) return [tcp(from, entry, "443", "what is reached by name"), tcp(from, entry, "80", "being sent on to HTTPS")];
      return [{ from, to: entry, ports: portsOf(endpoint), protocol: endpoint.scheme === "udp" ? "UDP" : "TCP", because: name }];
    });
}

const portsOf = ({ servicePort, port }: Endpoint): string => String(servicePort ?? port);

function externalFlows({ callees, name, cluster }: Release, lab: Lab): readonly HostFlow[] {
  return Object.values(callees).flatMap((callee) => {
    const external = callee.kind === "external" ? lab.externals.find((it) => it.name === callee.name) : undefined;
    return external
      ? [
          tcp(
            { kind: "nodes", cluster: cluster.name },
            { kind: "external", name: external.name },
            String(external.port),
            `${name} calls ${external.name}`,
          ),
        ]
      : [];
  });
}

/** Nodes and machines reach what keeps their copies in the house: NFS for snapshots, S3 for volumes, SFTP for files. */
function backupFlows(lab: Lab): readonly HostFlow[] {
  const { backups, clusters } = lab;
  return [...clusters.flatMap((cluster) => volumeFlows(cluster, lab)), ...placeFlows(backups?.onsite ?? [], lab)];
}

/** Containers on a Mac call from their machine. */
const volumeFlows = (cluster: Cluster, lab: Lab): readonly HostFlow[] =>
  onsiteCallers(cluster, lab).flatMap(({ host, port, place }) => {
    const callers: readonly Zone[] = cluster.distribution.lanReachable
      ? [{ kind: "nodes", cluster: cluster.name }]
      : [...new Set(cluster.nodes.map((node) => node.host))].map((name) => ({ kind: "host", name }));
    return callers.map((from) => tcp(from, { kind: "host", name: host }, String(port), `copies of ${cluster.name}, to ${place}`));
  });

/** Each port once, whoever calls it. */
const onsiteCallers = (cluster: Cluster, lab: Lab): readonly OnsiteBucket[] => [
  ...new Map((Object.keys(onsiteNames) as readonly OnsiteWriter[]).flatMap((writer) => onsiteBuckets(cluster, lab, writer)).map((it) => [`${it.host} ${it.port}`, it])).values(),
];

function placeFlows(onsite: readonly OnsiteCopy[], { backups, clusters }: Lab): readonly HostFlow[] {
  return onsite.flatMap(({ name, host, holds }): readonly HostFlow[] => {
    const to: Zone = { kind: "host", name: host };
    const keeping = clusters.filter(({ distribution }) => distribution.name === "k3s");
    return [
      ...(holds.includes("k3s-snapshots")
        ? keeping.map((cluster) => tcp({ kind: "control-plane", cluster: cluster.name }, to, "2049", `cluster states, to ${name}`))
        : []),
      ...(holds.includes("restic")
        ? (backups?.hosts ?? []).map((it) => tcp({ kind: "host", name: it.host }, to, "22", `files, to ${name}`))
        : []),
    ];
  });
}
