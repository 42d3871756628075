import { error, type Finding } from "./finding";
import { isImage, type Image } from "./image";
import type { Lab } from "./lab";
import { nearest } from "./nearest";
import { speaksTo } from "./needs";
import type { Placement } from "./placement";
import type { Cluster } from "./cluster";
import type { Callee, Release } from "./release";
import { resolveSettings } from "./settings";
import { siteOf } from "./site";

/** A lab with every choice made. */
export interface World {
  readonly lab: Lab;
  readonly releases: readonly Release[];
  /** Releases on their way out: built once more to know what they own, and otherwise not there. */
  readonly retired: readonly Release[];
  release(address: string): Release | undefined;
}

/** Makes every choice that the lab leaves to rules, and reports each that it cannot make. Nothing is guessed. */
export function resolve(lab: Lab): { readonly world: World; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const placed: Release[] = [];
  const broken = new Set<string>();
  for (const cluster of lab.clusters)
    for (const placement of cluster.runs) {
      const release = releaseOf(lab, cluster, placement);
      if (!isRelease(release)) {
        findings.push(...release);
        broken.add(`${cluster.name}/${placement.name}`);
      } else {
        placed.push(release);
        findings.push(...mistakesIn(release));
      }
    }

  const releases = placed.map((release) => {
    const { callees, missing } = calleesOf(release, placed, lab, broken);
    findings.push(...missing, ...unknownChoices(release));
    return { ...release, callees };
  });
  const retired = lab.clusters.flatMap((cluster) =>
    (cluster.retired ?? []).flatMap((it) => {
      const release = releaseOf(lab, cluster, it.placement);
      return isRelease(release) ? [{ ...release, callees: calleesOf(release, placed, lab, broken).callees, retired: it }] : [];
    }),
  );
  const byAddress = new Map(releases.map((release) => [release.address, release]));
  return { world: { lab, releases, retired, release: (address) => byAddress.get(address) }, findings };
}

const isRelease = (it: Release | readonly Finding[]): it is Release => "address" in it;

/** What the app itself finds wrong with a release. */
const mistakesIn = ({ app, address, name, namespace, settings, site }: Release): readonly Finding[] =>
  app.check({ name, namespace, settings: settings as never, site }).map((mistake) => error({ ...mistake, address }));

/** A release still without its callees, or what is wrong with its settings. */
function releaseOf(lab: Lab, cluster: Cluster, placement: Placement): Release | readonly Finding[] {
  const address = `${cluster.name}/${placement.name}`;
  const environment = placement.environment ?? cluster.environment;
  const resolved = resolveSettings(lab, placement, environment, address);
  if (!("settings" in resolved)) return resolved;
  const site = siteOf(lab, cluster);
  const namespace = placement.adopt?.namespace ?? placement.name;
  const placedApp = { name: placement.name, namespace, settings: resolved.settings as never, site };
  return {
    address,
    name: placement.name,
    namespace,
    app: placement.app,
    cluster,
    site,
    placement,
    environment,
    settings: resolved.settings,
    sources: resolved.sources,
    needs: placement.app.needs(placedApp),
    makes: placement.app.makes(placedApp),
    images: imagesIn(resolved.settings),
    callees: {},
  };
}

function imagesIn(value: unknown): readonly Image[] {
  if (isImage(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(imagesIn) : [];
}

interface Candidate {
  readonly name: string;
  readonly callee: Callee;
  readonly near: boolean;
  /** Why it cannot be chosen, where it cannot. */
  readonly unreachable?: string;
}

/** @param broken releases that are placed and could not be made: who names one has no mistake of its own */
function calleesOf(release: Release, all: readonly Release[], lab: Lab, broken: ReadonlySet<string>): { callees: Record<string, Callee>; missing: readonly Finding[] } {
  const callees: Record<string, Callee> = {};
  const missing: Finding[] = [];
  // Nobody knows what a broken release would have spoken: it may be just the one that is missing.
  const brokenNear = [...broken].some((address) => address.startsWith(`${release.cluster.name}/`));
  for (const [name, peer] of Object.entries(release.needs.talksTo ?? {})) {
    if (peer.kind !== "protocol") continue;
    const candidates = candidatesFor(release, peer.speaks, all, lab);
    const wanted = release.placement.using[name];
    const near = candidates.filter((candidate) => candidate.near);
    const chosen = wanted ? candidates.find((candidate) => candidate.name === wanted) : near.length === 1 ? near[0] : undefined;
    if (chosen && !chosen.unreachable) callees[name] = chosen.callee;
    else if (wanted ? !broken.has(wanted) : near.length > 1 || !(peer.optional || brokenNear)) {
      const exists = wanted === undefined || all.some((it) => it.address === wanted) || lab.externals.some((it) => it.name === wanted);
      missing.push(peerFinding(release, name, peer.speaks, { wanted, exists }, chosen, candidates));
    }
  }
  return { callees, missing };
}

function candidatesFor(release: Release, protocol: string, all: readonly Release[], lab: Lab): readonly Candidate[] {
  const releases = all.flatMap((other): Candidate[] =>
    Object.entries(other.needs.exposes ?? {})
      .filter(([, endpoint]) => speaksTo(protocol, endpoint.speaks))
      .map(([endpoint, { reach }]) => {
        const near = other.cluster === release.cluster;
        return {
          name: other.address,
          callee: { kind: "release", address: other.address, endpoint },
          near,
          ...(near || reach !== "cluster" ? {} : { unreachable: `its reach ends at ${other.cluster.name}` }),
        };
      }),
  );
  const externals = lab.externals
    .filter((external) => speaksTo(protocol, external.speaks))
    .map((external): Candidate => ({ name: external.name, callee: { kind: "external", name: external.name }, near: false }));
  return [...releases, ...externals];
}

/** What `using` names, and whether anything of the lab has that name. */
interface Wanted {
  readonly wanted: string | undefined;
  readonly exists: boolean;
}

function peerFinding(release: Release, name: string, protocol: string, { wanted, exists }: Wanted, chosen: Candidate | undefined, candidates: readonly Candidate[]): Finding {
  const reachable = candidates.filter((candidate) => !candidate.unreachable).map((candidate) => candidate.name);
  const near = candidates.filter((candidate) => candidate.near).length;
  const meant = exists ? undefined : nearest(wanted ?? "", reachable);
  return error({
    rule: "peer-resolved",
    address: release.address,
    found: chosen?.unreachable
      ? `using.${name} = "${wanted}", and ${chosen.unreachable}`
      : wanted
        ? `using.${name} = "${wanted}", ${exists ? `which does not speak ${protocol}` : "and there is no such release or external"}`
        : `talksTo.${name} wants ${protocol}, and ${near} releases on ${release.cluster.name} speak it`,
    expected: "exactly one that answers",
    fix: meant
      ? `Write using.${name} = "${meant}"`
      : reachable.length
      ? `Set using.${name} to one of: ${reachable.join(", ")}`
      : `Place an app that speaks ${protocol} on ${release.cluster.name}, or describe an external that does`,
  });
}

/** `using` and `storage` name needs of the app, and storage that the cluster has. */
function unknownChoices(release: Release): readonly Finding[] {
  const { using, storage } = release.placement;
  const unknown = (option: "using" | "storage", need: "talksTo" | "stores", given: string, known: readonly string[]): Finding =>
    error({
      rule: "choice-known",
      address: release.address,
      found: `${option}.${given}, and ${release.app.name} has no ${need}.${given}`,
      expected: known.length ? `one of: ${known.join(", ")}` : `nothing: ${release.app.name} has no ${need}`,
      fix: nearest(given, known) ? `Write ${option}.${nearest(given, known)}` : `Remove ${option}.${given}`,
    });
  const peers = Object.keys(release.needs.talksTo ?? {});
  const stores = Object.keys(release.needs.stores ?? {});
  return [
    ...Object.keys(using).filter((key) => !peers.includes(key)).map((key) => unknown("using", "talksTo", key, peers)),
    ...Object.keys(storage).filter((key) => !stores.includes(key)).map((key) => unknown("storage", "stores", key, stores)),
  ];
}
