import { storageFor } from "./chosen-storage";
import { firstStartOf } from "./first-start";
import { routed } from "./flow";
import { hostNameOf } from "./host-name";
import type { Provider } from "./provides";
import type { Release } from "./release";

/** One release cannot start before another is there: its class, issuer, webhook or secret comes from it. */
export interface StartEdge {
  /** The release that waits: `forge/ollama`. */
  readonly from: string;
  /** The release it waits for: `forge/rook-ceph`. */
  readonly to: string;
  /** What it waits for, in a few words: `stores.models`. */
  readonly because: string;
}

/**
 * Every start edge of the lab: from each release to whatever backs the providers that its pods cannot start without, to the
 * registry of the lab that its images come from, and from those that back a provider to whom they call for it.
 * Ingress, addresses, metrics and backup are no start edges: their objects are accepted before anybody acts on them, and
 * calls are tried again. That is what lets Prometheus keep its data on Ceph while Ceph is watched by Prometheus.
 */
export function startEdges(releases: readonly Release[]): readonly StartEdge[] {
  const byApp = releasesByApp(releases);
  const registries = registriesOf(releases);
  return releases.flatMap((release) => [
    ...startProviders(release).flatMap(([because, provider]) =>
      provider?.backedBy === undefined
        ? []
        : (byApp.get(`${release.cluster.name}/${provider.backedBy}`) ?? []).map((to): StartEdge => ({ from: release.address, to, because })),
    ),
    ...imagesFrom(release, registries),
    ...(isBacking(release) ? callsFirst(release) : []),
  ]);
}

/** Host names of the lab itself, by which images could be named, and whose they are. */
const registriesOf = (releases: readonly Release[]): ReadonlyMap<string, string> =>
  new Map(
    releases.flatMap((release) =>
      Object.values(release.needs.exposes ?? {})
        .filter((endpoint) => endpoint.reach !== "cluster" && routed(endpoint))
        .map((endpoint) => [hostNameOf(release, endpoint), release.address] as const),
    ),
  );

/** A pod does not start before its image can be pulled: a registry of the lab comes first, on whichever cluster it is. */
const imagesFrom = (release: Release, registries: ReadonlyMap<string, string>): readonly StartEdge[] =>
  release.images.flatMap(({ repository }) => {
    const to = registries.get(repository.split("/")[0] ?? "");
    return to === undefined ? [] : [{ from: release.address, to, because: `image ${repository}` }];
  });

/** Whether others cannot start before it provides for them. */
const isBacking = ({ app, cluster }: Release): boolean => {
  const { storage, buckets, secrets, certificates, gpu } = cluster.provides;
  return [...Object.values(storage), buckets, secrets, certificates, gpu].some((provider) => provider?.backedBy === app.name);
};

/** What it provides waits for whom it calls itself, on any cluster: secrets for the vault that they are fetched from. */
const callsFirst = (release: Release): readonly StartEdge[] =>
  Object.entries(release.callees).flatMap(([name, callee]) => {
    const peer = release.needs.talksTo?.[name];
    return callee.kind === "release" && peer?.kind === "protocol" && !peer.optional ? [{ from: release.address, to: callee.address, because: `talksTo.${name}` }] : [];
  });

function startProviders(release: Release): readonly (readonly [because: string, provider: Provider | undefined])[] {
  const { needs, cluster } = release;
  const { buckets, secrets, certificates, gpu, backup } = cluster.provides;
  const certified = Object.entries(needs.exposes ?? {}).filter(([, endpoint]) => endpoint.reach !== "cluster" && routed(endpoint));
  return [
    ...Object.entries(needs.stores ?? {}).map(
      ([name, store]) => [`stores.${name}`, store.as === "bucket" ? buckets : storageFor(release, name, store)] as const,
    ),
    ...Object.keys(needs.secrets ?? {}).map((name) => [`secrets.${name}`, secrets] as const),
    ...certified.map(([name]) => [`the certificate of exposes.${name}`, certificates] as const),
    ...(needs.gpu ? [["gpu", gpu] as const] : []),
    ...(firstStartOf(release) ? [["what its precious volumes held before", backup] as const] : []),
  ];
}

function releasesByApp(releases: readonly Release[]): ReadonlyMap<string, readonly string[]> {
  const byApp = new Map<string, string[]>();
  for (const { address, app, cluster } of releases) {
    const key = `${cluster.name}/${app.name}`;
    const known = byApp.get(key);
    if (known) known.push(address);
    else byApp.set(key, [address]);
  }
  return byApp;
}
