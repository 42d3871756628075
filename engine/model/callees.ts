import type { Cluster } from "./cluster";
import { error, type Finding } from "./finding";
import type { Lab } from "./lab";
import { nearest } from "./nearest";
import { speaksTo } from "./needs";
import type { Callee, Release } from "./release";

/** An endpoint that answers those who look for a protocol. */
interface Speaker {
  readonly release: Release;
  readonly endpoint: string;
}

/** Everybody who may be called, found once for the whole lab: by protocol, and by cluster and protocol. */
export interface Speakers {
  readonly lab: Lab;
  readonly addresses: ReadonlySet<string>;
  /** Releases that are placed and could not be made: who names one has no mistake of its own. */
  readonly broken: ReadonlySet<string>;
  /** In the order of the lab. */
  speaking(protocol: string): readonly Speaker[];
  near(cluster: Cluster, protocol: string): readonly Speaker[];
}

export function speakersAmong(releases: readonly Release[], broken: ReadonlySet<string>, lab: Lab): Speakers {
  const everywhere = new Map<string, Speaker[]>();
  const onCluster = new Map<string, Speaker[]>();
  const put = (map: Map<string, Speaker[]>, key: string, speaker: Speaker): void => {
    const known = map.get(key);
    if (known) known.push(speaker);
    else map.set(key, [speaker]);
  };
  for (const release of releases)
    for (const [endpoint, { speaks }] of Object.entries(release.needs.exposes ?? {}))
      for (const protocol of new Set([speaks ?? []].flat())) {
        put(everywhere, protocol, { release, endpoint });
        put(onCluster, `${release.cluster.name} ${protocol}`, { release, endpoint });
      }
  return {
    lab,
    addresses: new Set(releases.map(({ address }) => address)),
    broken,
    speaking: (protocol) => everywhere.get(protocol) ?? [],
    near: (cluster, protocol) => onCluster.get(`${cluster.name} ${protocol}`) ?? [],
  };
}

interface Candidate {
  readonly name: string;
  readonly callee: Callee;
  /** Why it cannot be chosen, where it cannot. */
  readonly unreachable?: string;
}

/** For each protocol that a release talks to, who answers: the one that `using` names, or the only one on its cluster. */
export function calleesOf(release: Release, speakers: Speakers): { readonly callees: Readonly<Record<string, Callee>>; readonly missing: readonly Finding[] } {
  const callees: Record<string, Callee> = {};
  const missing: Finding[] = [];
  for (const [name, peer] of Object.entries(release.needs.talksTo ?? {})) {
    if (peer.kind !== "protocol") continue;
    const wanted = release.placement.using[name];
    const near = speakers.near(release.cluster, peer.speaks);
    const [only] = near;
    const chosen = wanted ? candidatesFor(release, peer.speaks, speakers).find((it) => it.name === wanted) : only && near.length === 1 ? candidate(release, only) : undefined;
    if (chosen && !chosen.unreachable) callees[name] = chosen.callee;
    else if (wanted ? !speakers.broken.has(wanted) : near.length > 1 || !(peer.optional || brokenNear(release, speakers)))
      missing.push(peerFinding(release, name, peer.speaks, wanted, chosen, speakers));
  }
  return { callees, missing };
}

/** Nobody knows what a broken release would have spoken: it may be just the one that is missing. */
const brokenNear = (release: Release, { broken }: Speakers): boolean => [...broken].some((address) => address.startsWith(`${release.cluster.name}/`));

function candidatesFor(release: Release, protocol: string, { lab, speaking }: Speakers): readonly Candidate[] {
  const externals = lab.externals
    .filter((external) => speaksTo(protocol, external.speaks))
    .map((external): Candidate => ({ name: external.name, callee: { kind: "external", name: external.name } }));
  return [...speaking(protocol).map((speaker) => candidate(release, speaker)), ...externals];
}

function candidate(release: Release, { release: other, endpoint }: Speaker): Candidate {
  const isReached = other.cluster === release.cluster || other.needs.exposes?.[endpoint]?.reach !== "cluster";
  return {
    name: other.address,
    callee: { kind: "release", address: other.address, endpoint },
    ...(isReached ? {} : { unreachable: `its reach ends at ${other.cluster.name}` }),
  };
}

function peerFinding(release: Release, name: string, protocol: string, wanted: string | undefined, chosen: Candidate | undefined, speakers: Speakers): Finding {
  const reachable = candidatesFor(release, protocol, speakers)
    .filter((it) => !it.unreachable)
    .map((it) => it.name);
  // Whether anything of the lab has the name that `using` says.
  const exists = wanted === undefined || speakers.addresses.has(wanted) || speakers.lab.externals.some((it) => it.name === wanted);
  const meant = exists ? undefined : nearest(wanted ?? "", reachable);
  return error({
    rule: "peer-resolved",
    address: release.address,
    found: chosen?.unreachable
      ? `using.${name} = "${wanted}", and ${chosen.unreachable}`
      : wanted
        ? `using.${name} = "${wanted}", ${exists ? `which does not speak ${protocol}` : "and there is no such release or external"}`
        : `talksTo.${name} wants ${protocol}, and ${speakers.near(release.cluster, protocol).length} releases on ${release.cluster.name} speak it`,
    expected: "exactly one that answers",
    fix: meant
      ? `Write using.${name} = "${meant}"`
      : reachable.length
        ? `Set using.${name} to one of: ${reachable.join(", ")}`
        : `Place an app that speaks ${protocol} on ${release.cluster.name}, or describe an external that does`,
  });
}
