import { groupsOf } from "../../checks/groups";
import type { Cluster } from "../../model/cluster";
import {
  controlPlaneOf,
  entryAddressOf,
  entryPortOf,
  httpsPortOf,
  isAddress,
  lanOf,
  nodeAddressesOf,
  nodesCidrOf,
  nodeSourcesOf,
  privateRanges,
  routed,
  webhookSourcesOf,
} from "../../model/flow";
import { answersPeople, speaksTo, type Endpoint, type InternetPeer, type Peer } from "../../model/needs";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { dnsLabels, type Ground, type PodKind } from "./ground";
import type { Direction } from "./policies";
import { portRun } from "./ports";
import { runsMinus, union, type Region, type Run } from "./region";

/** What one side says to the other, because somebody declared it or because Kubernetes cannot do without. */
export interface Conversation {
  readonly from: Party;
  readonly to: Party;
  readonly ports: Run;
  readonly because: string;
}

/** Kinds of pods, or addresses. */
interface Party {
  readonly kinds: readonly PodKind[];
  /** Where its calls come from, and where it is called. */
  readonly sources: readonly Run[];
  readonly targets: readonly Run[];
}

/** What each kind of pod may say and hear. */
export type Declared = ReadonlyMap<PodKind, Readonly<Record<Direction, readonly Region[]>>>;

export function declaredBy(conversations: readonly Conversation[]): Declared {
  const declared = new Map<PodKind, Record<Direction, Region[]>>();
  const of = (kind: PodKind): Record<Direction, Region[]> => {
    const known = declared.get(kind) ?? { ingress: [], egress: [] };
    declared.set(kind, known);
    return known;
  };
  for (const { from, to, ports } of conversations) {
    for (const kind of from.kinds) of(kind).egress.push(...to.targets.map((peers) => ({ peers, ports })));
    for (const kind of to.kinds) of(kind).ingress.push(...from.sources.map((peers) => ({ peers, ports })));
  }
  return declared;
}

/**
 * Every conversation on a cluster, read from what its releases need. This is on purpose not how policies are written (model's
 * `flowsOn`, which sorts flows by release): a mistake there must not be repeated here.
 */
export function conversationsOn(ground: Ground, world: World): readonly Conversation[] {
  const { cluster } = ground;
  const releases = world.releasesOn(cluster);
  const it = new Reader(ground, world, releases);
  return releases.flatMap((release) => [...it.names(release), ...it.calls(release), ...it.bucketCalls(release), ...it.entries(release), ...it.scrapes(release)]);
}

class Reader {
  private readonly kinds: ReadonlyMap<string, readonly PodKind[]>;
  private readonly nodes: readonly string[];

  constructor(
    private readonly ground: Ground,
    private readonly world: World,
    private readonly releases: readonly Release[],
  ) {
    this.kinds = groupsOf(
      ground.kinds.filter(({ release }) => release),
      ({ release }) => release?.address ?? "",
    );
    this.nodes = nodeAddressesOf(ground.cluster, world);
  }

  names(release: Release): readonly Conversation[] {
    const dns = this.pods((this.ground.byNamespace.get("kube-system") ?? []).filter(({ release: owner, labels }) => !owner && labels === dnsLabels));
    return [portRun("UDP", 53), portRun("TCP", 53)].map((ports) => ({ from: this.everyone(release), to: dns, ports, because: "names" }));
  }

  calls(release: Release): readonly Conversation[] {
    return Object.entries(release.needs.talksTo ?? {}).flatMap(([name, peer]) => {
      const from = peer.from ? this.component(release, peer.from) : this.everyone(release);
      return this.called(release, name, peer).map(({ to, ports }) => ({ from, to, ports, because: name }));
    });
  }

  private called(release: Release, name: string, peer: Peer): readonly Called[] {
    const { cluster } = release;
    switch (peer.kind) {
      case "internet":
        return [{ to: this.internet(peer), ports: portRun("TCP", peer.port) }];
      case "kubernetes-api":
        return [{ to: this.blocks(controlPlaneOf(cluster, nodesCidrOf(cluster, this.world))), ports: portRun("TCP", 6443) }];
      case "addresses":
        return [{ to: this.blocks(peer.cidrs), ports: portRun("TCP", peer.port, peer.endPort) }];
      case "component":
        return [{ to: this.component(release, peer.component), ports: portRun(peer.protocol, peer.port, peer.endPort) }];
      case "nodes":
        return [{ to: this.ground.identities ? addresses(this.ground.identities.nodes) : this.blocks([nodesCidrOf(cluster, this.world)]), ports: portRun("TCP", peer.port) }];
      case "entry":
        return this.entry(cluster);
      case "neighbours":
        return this.releases.filter((other) => other !== release).flatMap((other) => endpointsOf(other).filter(answersPeople).map((endpoint) => this.endpoint(other, endpoint)));
      case "protocol":
        return this.callee(release, name);
    }
  }

  private entry(cluster: Cluster): readonly Called[] {
    const controller = cluster.provides.ingress?.controller;
    const ports = typeof controller === "object" ? [controller.https] : this.releases.filter(({ app }) => app.name === controller).flatMap(httpsPortOf);
    return ports.map((port) => ({ to: this.ingress(cluster), ports: portRun("TCP", port) }));
  }

  private callee(release: Release, name: string): readonly Called[] {
    const callee = release.callees[name];
    if (callee?.kind === "external")
      return this.world.lab.externals.filter((it) => it.name === callee.name).map(({ address, port }) => ({ to: this.blocks([`${address}/32`]), ports: portRun("TCP", port) }));
    const other = callee && this.world.release(callee.address);
    const endpoint = other?.needs.exposes?.[callee?.endpoint ?? ""];
    if (!other || !endpoint) return [];
    return [other.cluster === release.cluster ? this.endpoint(other, endpoint) : { to: this.blocks([`${entryAddressOf(other.cluster, this.world)}/32`]), ports: portRun("TCP", entryPortOf(other.cluster)) }];
  }

  /** A bucket is outside the cluster, or at whoever speaks S3 for it. */
  bucketCalls(release: Release): readonly Conversation[] {
    const { buckets } = release.cluster.provides;
    if (!buckets || !Object.values(release.needs.stores ?? {}).some((store) => store.as === "bucket")) return [];
    const { reachedAt, backedBy } = buckets;
    const there: readonly Called[] = reachedAt
      ? [{ to: reachedAt.kind === "internet" ? this.internet(reachedAt) : this.blocks(reachedAt.cidrs), ports: portRun("TCP", reachedAt.port) }]
      : this.releases
          .filter(({ app }) => app.name === backedBy)
          .flatMap((other) => endpointsOf(other).filter(({ speaks }) => speaksTo("s3", speaks)).map((endpoint) => this.endpoint(other, endpoint)));
    return there.map(({ to, ports }) => ({ from: this.everyone(release), to, ports, because: "buckets" }));
  }

  /** Whoever comes from outside the pods: the API server, the ingress controller, the lab's networks, the internet. */
  entries(release: Release): readonly Conversation[] {
    const { cluster, needs } = release;
    return Object.entries(needs.exposes ?? {}).flatMap(([name, endpoint]) => {
      const { to, ports } = this.endpoint(release, endpoint);
      const sources: Party[] = endpoint.webhook ? [this.webhookCallers(cluster)] : [];
      if (endpoint.reach !== "cluster") sources.push(routed(endpoint) ? this.ingress(cluster) : endpoint.reach === "internet" ? this.everywhere() : this.blocks(lanOf(this.world)));
      if (endpoint.reach === "internet" && cluster.provides.internet?.carries.includes(endpoint.scheme)) sources.push(...this.carriers(cluster));
      return sources.map((from) => ({ from, to, ports, because: `exposes.${name}` }));
    });
  }

  private ingress({ provides }: Cluster): Party {
    const controller = provides.ingress?.controller;
    if (typeof controller === "object") return this.pods((this.ground.byNamespace.get(controller.namespace) ?? []).filter(({ release, labels }) => !release && labels === controller.labels));
    const release = this.releases.find(({ app }) => app.name === controller);
    return release ? this.component(release, release.app.name) : nobody;
  }

  /** Whoever brings callers from the internet to what is exposed to it. */
  private carriers({ provides }: Cluster): readonly Party[] {
    return this.releases.filter(({ app }) => app.name === provides.internet?.carrier).map((release) => this.component(release, release.app.name));
  }

  scrapes(release: Release): readonly Conversation[] {
    const scraper = this.releases.find(({ app }) => app.name === release.cluster.provides.metrics?.scraper);
    if (!scraper) return [];
    return Object.entries(release.needs.watches?.metrics ?? {}).map(([name, { port, component }]) => ({
      from: this.component(scraper, scraper.app.name),
      to: this.component(release, component ?? release.app.name),
      ports: portRun("TCP", port),
      because: `watches.metrics.${name}`,
    }));
  }

  private endpoint(release: Release, { component, port, scheme }: Endpoint): Called {
    return { to: this.component(release, component ?? release.app.name), ports: portRun(scheme === "udp" ? "UDP" : "TCP", port) };
  }

  private everyone = (release: Release): Party => this.pods(this.kinds.get(release.address) ?? []);

  private component = (release: Release, component: string): Party => this.pods((this.kinds.get(release.address) ?? []).filter((kind) => kind.component === component));

  /** Pods on their node's network call and are called at the nodes' addresses, and no policy is theirs. */
  private pods(kinds: readonly PodKind[]): Party {
    const own = kinds.filter(({ hostNetwork }) => !hostNetwork);
    const places = own.map(({ at }) => ({ first: at, last: at }));
    if (own.length === kinds.length) return { kinds: own, sources: places, targets: places };
    const nodes = this.blocks(this.nodes).targets;
    return { kinds: own, sources: [...places, ...this.blocks(nodeSourcesOf(this.ground.cluster, this.nodes)).sources], targets: [...places, ...nodes] };
  }

  private blocks(cidrs: readonly string[]): Party {
    return addresses(cidrs.map((cidr) => this.ground.blocks.run(cidr)));
  }

  /** Nothing tells the API server from what else runs on its node, and Cilium not even from what runs on others. */
  private webhookCallers(cluster: Cluster): Party {
    const { identities } = this.ground;
    return identities ? addresses(identities.nodes) : this.blocks(webhookSourcesOf(cluster, nodesCidrOf(cluster, this.world)));
  }

  /** A name on the internet may be any address but a private one, unless policies know names. */
  private internet({ host, anywhere }: InternetPeer): Party {
    const { blocks, identities } = this.ground;
    if (isAddress(host)) return this.blocks([`${host}/32`]);
    return identities && !anywhere ? addresses([blocks.run(host)]) : addresses(this.but(privateRanges));
  }

  /** Where pods are known by identity, no address is theirs. */
  private everywhere(): Party {
    const { cluster, identities } = this.ground;
    return addresses(identities ? this.but([cluster.network.pods]) : this.but([]));
  }

  private but(cidrs: readonly string[]): readonly Run[] {
    const { blocks } = this.ground;
    return runsMinus([blocks.run("0.0.0.0/0")], union(cidrs.map((cidr) => blocks.run(cidr))));
  }
}

const addresses = (runs: readonly Run[]): Party => ({ kinds: [], sources: runs, targets: runs });


interface Called {
  readonly to: Party;
  readonly ports: Run;
}

const nobody: Party = addresses([]);

const endpointsOf = (release: Release): readonly Endpoint[] => Object.values(release.needs.exposes ?? {});
