import { answersPeople, speaksTo, type Endpoint, type InternetPeer, type Peer } from "./needs";
import type { Cluster } from "./cluster";
import { namespacesOf, selectorOf, type Release } from "./release";
import type { World } from "./resolve";

/** One allowed conversation on one cluster: the policies allow exactly these, and a proof compares them with what they say. */
export interface Flow {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
  /** The last of a range of ports that begins with `port`. */
  readonly endPort?: number;
  readonly protocol: "TCP" | "UDP";
  /** Why it is allowed, in a few words; it stands in the diagram and in findings. */
  readonly because: string;
}

/** One end of a flow, as a policy can name it. */
export type Party =
  | { readonly kind: "pods"; readonly release: string; readonly namespace: string; readonly component: string; readonly labels: Readonly<Record<string, string>> }
  /** Every pod of a release in one of its namespaces. */
  | { readonly kind: "release"; readonly release: string; readonly namespace: string }
  | Addresses
  /** The cluster's DNS. */
  | { readonly kind: "dns" };

export interface Addresses {
  readonly kind: "addresses";
  readonly cidrs: readonly string[];
  readonly except?: readonly string[];
  /** What they are the addresses of, for policies that know that better (`knowsIdentities`). */
  readonly of?: Identity;
  /** The cluster's own nodes have some of them: policies that know nodes by identity have to name those besides. */
  readonly nodesToo?: true;
}

/** The cluster's API server, every node of it with what runs on the nodes' network, or whatever a name on the internet resolves to. */
export type Identity = "kube-apiserver" | "nodes" | { readonly name: string };

/** Private ranges (RFC 1918, CGNAT, link-local, loopback): what "the internet" is not. */
export const privateRanges = ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"] as const;

/** To policies that know addresses, any public one may be behind a name. */
function onInternet({ host, anywhere }: InternetPeer): Party {
  if (isAddress(host)) return { kind: "addresses", cidrs: [`${host}/32`] };
  return { kind: "addresses", cidrs: ["0.0.0.0/0"], except: privateRanges, ...(anywhere ? {} : { of: { name: host } }) };
}

/** Whether a host is given by its IPv4 address. */
export const isAddress = (host: string): boolean => /^\d+(\.\d+){3}$/.test(host);

/** Every component of a release: its own workloads' as named by needs, and what controllers make. */
export const podsOf = (release: Release, component: string = release.app.name): Party => ({
  kind: "pods",
  release: release.address,
  namespace: release.makes.find((it) => it.component === component)?.namespace ?? release.namespace,
  component,
  labels: selectorOf(release, component),
});

/** Where the API server's own traffic comes from, and where it is reached after the Service address was translated. */
export function controlPlaneOf(cluster: Cluster, nodesCidr: string): readonly string[] {
  const addresses = cluster.nodes.filter((node) => node.role === "control-plane" && node.address).map((node) => `${node.address}/32`);
  return addresses.length ? addresses : [nodesCidr];
}

/**
 * The flows of every release of a cluster by address, each list being all that the release takes part in, on either side.
 * One pass over the cluster, however many releases look for themselves in it.
 * @param leaving releases on their way out, which still call and are called by nobody
 */
export function flowsOn(cluster: Cluster, world: World, leaving: readonly Release[] = []): ReadonlyMap<string, readonly Flow[]> {
  const neighbours = world.releasesOn(cluster);
  const own = [...neighbours, ...leaving].map((release) => ({ release, calls: callsOf(release, world), entries: entriesOf(release, world) }));
  const standing = own.slice(0, neighbours.length);
  const incoming = byOther(standing.map(({ release, calls }) => [release, calls]), (flow) => flow.to);
  // What comes in through the ingress goes out of its controller: the same flows, seen from the other end.
  const routes = byOther(standing.map(({ release, entries }) => [release, entries]), (flow) => flow.from);
  return new Map(
    own.map(({ release, calls, entries }) => {
      const { address } = release;
      return [address, [...dnsOf(release, "UDP"), ...dnsOf(release, "TCP"), ...calls, ...(incoming.get(address) ?? []), ...(routes.get(address) ?? []), ...entries, ...scrapesOf(release, neighbours, world)]];
    }),
  );
}

/** All flows that one release takes part in, on either side. Whoever asks for all of them asks {@link flowsOn}. */
export const flowsOf = (release: Release, world: World): readonly Flow[] => flowsOn(release.cluster, world, world.retired).get(release.address) ?? [];

/** Flows by the release at one of their ends, where that is not the one that they are of. */
function byOther(flows: readonly (readonly [of: Release, flows: readonly Flow[]])[], end: (flow: Flow) => Party): ReadonlyMap<string, readonly Flow[]> {
  const found = new Map<string, Flow[]>();
  for (const [of, some] of flows)
    for (const flow of some) {
      const party = end(flow);
      if (party.kind !== "pods" || party.release === of.address) continue;
      const known = found.get(party.release);
      if (known) known.push(flow);
      else found.set(party.release, [flow]);
    }
  return found;
}

const dnsOf = (release: Release, protocol: "TCP" | "UDP"): readonly Flow[] =>
  everyoneIn(release).map((from) => ({ from, to: { kind: "dns" }, port: 53, protocol, because: "names" }));

/** Every pod of a release, those that controllers make elsewhere included. */
const everyoneIn = (release: Release): readonly Party[] => namespacesOf(release).map((namespace) => ({ kind: "release", release: release.address, namespace }));

const protocolOf = (endpoint: Endpoint): "TCP" | "UDP" => (endpoint.scheme === "udp" ? "UDP" : "TCP");

/** What `talksTo` opens, and what a bucket does. */
function callsOf(release: Release, world: World): readonly Flow[] {
  const all = everyoneIn(release);
  const calls = Object.entries(release.needs.talksTo ?? {}).flatMap(([name, peer]) =>
    (peer.from ? [callerOf(release, peer.from, world)] : all).flatMap((from) => callOf(release, name, peer, from, world)),
  );
  return [...calls, ...all.flatMap((from) => bucketCallsOf(release, from, world))];
}

function callOf(release: Release, name: string, peer: Peer, from: Party, world: World): readonly Flow[] {
  const flow = (to: Party, port: number, because: string, protocol: "TCP" | "UDP" = "TCP"): Flow => ({ from, to, port, protocol, because, ...("endPort" in peer ? { endPort: peer.endPort } : {}) });
  switch (peer.kind) {
    case "internet":
      return [flow(onInternet(peer), peer.port, `${name}: ${peer.host}`)];
    case "kubernetes-api":
      return [flow({ kind: "addresses", cidrs: controlPlaneOf(release.cluster, nodesCidrOf(release.cluster, world)), of: "kube-apiserver" }, 6443, `${name}: Kubernetes API`)];
    case "addresses":
      return peer.cidrs.length ? [flow({ kind: "addresses", cidrs: peer.cidrs }, peer.port, name)] : [];
    case "component":
      return [flow(podsOf(release, peer.component), peer.port, `${name}: ${peer.component}`, peer.protocol)];
    case "nodes":
      return [flow({ kind: "addresses", cidrs: [nodesCidrOf(release.cluster, world)], of: "nodes" }, peer.port, `${name}: nodes`)];
    case "entry":
      return entryOf(release.cluster, world).map(({ to, port }) => flow(to, port, `${name}: the cluster's own way in`));
    case "neighbours":
      return neighboursPorts(release, world).map((it) => flow(it.to, it.port, `${name}: ${it.of}`));
    case "protocol":
      return toCallee(release, name, world).map(({ to, port }) => flow(to, port, `${name}: ${peer.speaks}`));
  }
}

const neighboursPorts = (release: Release, world: World): readonly { readonly to: Party; readonly port: number; readonly of: string }[] =>
  world
    .releasesOn(release.cluster)
    .filter((other) => other !== release)
    .flatMap((other) => Object.values(other.needs.exposes ?? {}).filter(answersPeople).map((endpoint) => ({ to: podsOf(other, endpoint.component), port: endpoint.port, of: other.name })));

/** Pods on the host's network call with their node's addresses. The kernel's file-system clients, which CSI plugins set up, do so too. */
function callerOf(release: Release, component: string, world: World): Party {
  const made = release.makes.find((it) => it.component === component);
  return made?.hostNetwork ? { kind: "addresses", cidrs: nodeSourcesOf(release.cluster, nodeAddressesOf(release.cluster, world)), of: "nodes" } : podsOf(release, component);
}

/** Whoever has a bucket calls where it is: outside, or at the app behind the cluster's buckets, where that speaks S3. */
function bucketCallsOf(release: Release, from: Party, world: World): readonly Flow[] {
  const { buckets } = release.cluster.provides;
  if (!buckets || !Object.values(release.needs.stores ?? {}).some((store) => store.as === "bucket")) return [];
  const call = (to: Party, port: number): Flow => ({ from, to, port, protocol: "TCP", because: "buckets: s3" });
  const { reachedAt } = buckets;
  if (reachedAt) return [call(reachedAt.kind === "internet" ? onInternet(reachedAt) : { kind: "addresses", cidrs: reachedAt.cidrs }, reachedAt.port)];
  const other = world.releasesOn(release.cluster).find((it) => it.app.name === buckets.backedBy);
  return Object.values(other?.needs.exposes ?? {}).flatMap((endpoint) => (other && speaksTo("s3", endpoint.speaks) ? [call(podsOf(other, endpoint.component), endpoint.port)] : []));
}

function toCallee(release: Release, name: string, world: World): readonly { to: Party; port: number }[] {
  const callee = release.callees[name];
  if (!callee) return [];
  if (callee.kind === "external") {
    const external = world.lab.externals.find((it) => it.name === callee.name);
    return external ? [{ to: { kind: "addresses", cidrs: [`${external.address}/32`] }, port: external.port }] : [];
  }
  const other = world.release(callee.address);
  const endpoint = other?.needs.exposes?.[callee.endpoint];
  if (!other || !endpoint) return [];
  if (other.cluster === release.cluster) return [{ to: podsOf(other, endpoint.component), port: endpoint.port }];
  return [{ to: { kind: "addresses", cidrs: [`${entryAddressOf(other.cluster, world)}/32`] }, port: entryPortOf(other.cluster) }];
}

/** The address behind every `*.<cluster>.<domain>` name: the ingress' own, or on Kind the host's. */
export function entryAddressOf(cluster: Cluster, { lab }: Pick<World, "lab">): string {
  const { hostPorts, ingress } = cluster.network;
  if (!hostPorts) return ingress ?? "";
  const host = lab.hosts.find((it) => it.name === hostPorts.host);
  return Object.values(host?.addresses ?? {})[0] ?? "";
}

/** The port of HTTPS as seen from outside the cluster. */
export const entryPortOf = (cluster: Cluster): number => cluster.network.hostPorts?.https ?? 443;

export const nodesCidrOf = (cluster: Cluster, world: World): string =>
  world.lab.networks.find((network) => network.name === cluster.network.nodes)?.cidr ?? "";

/** Who enters from outside the pods: the ingress controller, the LAN, the internet, the control plane. */
function entriesOf(release: Release, world: World): readonly Flow[] {
  const { cluster } = release;
  return Object.entries(release.needs.exposes ?? {}).flatMap(([name, endpoint]): readonly Flow[] => {
    const to = podsOf(release, endpoint.component);
    const flows: Flow[] = [];
    const enter = (from: Party, because: string) => flows.push({ from, to, port: endpoint.port, protocol: protocolOf(endpoint), because });
    if (endpoint.webhook)
      // Through Cilium's tunnel its calls come from another address of its node, which nobody knows for the API server's (cilium#45718).
      enter({ kind: "addresses", cidrs: webhookSourcesOf(cluster, nodesCidrOf(cluster, world)), of: "nodes" }, `${name}: called by the API server`);
    if (endpoint.reach === "cluster") return flows;
    const controller = routed(endpoint) ? controllerOf(cluster, world) : undefined;
    if (controller) enter(controller, `${name}: ingress`);
    else if (!routed(endpoint))
      // Nodes call for others, too: whoever comes in on one and goes on to another has the first one's address there.
      enter({ kind: "addresses", cidrs: endpoint.reach === "internet" ? ["0.0.0.0/0"] : lanOf(world), nodesToo: true }, `${name}: ${endpoint.reach}`);
    for (const carrier of carriersOf(cluster, endpoint, world)) enter(carrier, `${name}: internet`);
    return flows;
  });
}

/** Whether an endpoint is reached by host name through the ingress, rather than on an address of its own. */
export const routed = (endpoint: Endpoint): boolean => endpoint.scheme === "http" || endpoint.scheme === "https" || endpoint.scheme === "grpc";

function controllerOf(cluster: Cluster, world: World): Party | undefined {
  const controller = cluster.provides.ingress?.controller;
  if (typeof controller === "object") return { kind: "pods", release: "", component: "ingress", ...controller };
  const release = world.releasesOn(cluster).find((it) => it.app.name === controller);
  return release && podsOf(release);
}

/** Where the pods of the ingress answer to HTTPS. */
function entryOf(cluster: Cluster, world: World): readonly { readonly to: Party; readonly port: number }[] {
  const { controller } = cluster.provides.ingress ?? {};
  if (typeof controller === "object") return [{ to: { kind: "pods", release: "", component: "ingress", ...controller }, port: controller.https }];
  return world.releasesOn(cluster).filter(({ app }) => app.name === controller).flatMap((release) => httpsPortOf(release).map((port) => ({ to: podsOf(release), port })));
}

/** The port of its pods behind the one that everybody knows. */
export const httpsPortOf = ({ needs }: Release): readonly number[] => Object.values(needs.exposes ?? {}).filter(({ port, servicePort = port }) => servicePort === 443).map(({ port }) => port);

/** Whether callers from the internet are carried to an endpoint, rather than coming in by an address of the lab's. */
export const carried = ({ provides }: Cluster, { reach, scheme }: Endpoint): boolean => reach === "internet" && (provides.internet?.carries.includes(scheme) ?? false);

const carriersOf = (cluster: Cluster, endpoint: Endpoint, world: World): readonly Party[] =>
  carried(cluster, endpoint) ? world.releasesOn(cluster).filter((it) => it.app.name === cluster.provides.internet?.carrier).map((it) => podsOf(it)) : [];

/** Every network of the lab, WireGuard's and Docker's included: an address outside them is not the lab's. */
export const lanOf = (world: World): readonly string[] => world.lab.networks.map((network) => network.cidr);

/**
 * Where webhook calls come from. The API server runs on the host's network: on the node of the called pod the source is the
 * bridge's address, on another node the overlay's (flannel.1), both in the node's own pod range; with kindnet it is the node's.
 */
export const webhookSourcesOf = (cluster: Cluster, nodesCidr: string): readonly string[] => nodeSourcesOf(cluster, controlPlaneOf(cluster, nodesCidr));

/** What pods see as the source of calls from nodes with these addresses. */
export const nodeSourcesOf = (cluster: Cluster, addresses: readonly string[]): readonly string[] =>
  cluster.distribution.cni.name === "flannel" ? [...addresses, ...nodeGateways(cluster.network.pods, cluster.nodes.length)] : addresses;

/**
 * The overlay's and the bridge's address (.0 and .1) in each node's own /24 of the pod network. The controller-manager hands
 * out the /24s in order; a replaced node gets a later one, so twice as many as there are nodes are counted, and at least 16.
 */
function nodeGateways(pods: string, nodes: number): readonly string[] {
  const [base = "", prefix = "32"] = pods.split("/");
  const first = base.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const ranges = Math.min(Math.max(16, 2 * nodes), 2 ** (24 - Number(prefix)));
  const dotted = (address: number) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
  return Array.from({ length: ranges }, (_, i) => `${dotted(first + i * 256)}/31`);
}

/** Every node's own address, or their network where the lab cannot know them (Docker hands them out). */
export function nodeAddressesOf(cluster: Cluster, world: World): readonly string[] {
  const known = cluster.nodes.filter((node) => node.address).map((node) => `${node.address}/32`);
  return known.length ? known : [nodesCidrOf(cluster, world)];
}

/** What monitoring opens: the scraper to every metrics port. */
function scrapesOf(release: Release, neighbours: readonly Release[], world: World): readonly Flow[] {
  const scraperName = release.cluster.provides.metrics?.scraper;
  const scraper = neighbours.find((other) => other.app.name === scraperName);
  if (!scraper) return [];
  const nodes = nodeAddressesOf(scraper.cluster, world);
  const scrapeOf = (target: Release): readonly Flow[] =>
    Object.entries(target.needs.watches?.metrics ?? {}).map(([name, port]) => ({
      from: podsOf(scraper),
      to: port.hostNetwork
        ? { kind: "addresses" as const, cidrs: nodes, of: "nodes" as const }
        : podsOf(target, port.component),
      port: port.port,
      protocol: "TCP" as const,
      because: `scrape: ${target.name} ${name}`,
    }));
  return release === scraper ? neighbours.flatMap(scrapeOf) : scrapeOf(release);
}
