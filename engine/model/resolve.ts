import { calleesOf, speakersAmong } from "./callees";
import type { Cluster } from "./cluster";
import { error, type Finding } from "./finding";
import { firstStartOf, withFirstStart } from "./first-start";
import { isImage, type Image } from "./image";
import type { Lab } from "./lab";
import { mirrorOf, withMirror } from "./mirrored";
import { nearest } from "./nearest";
import type { Placement } from "./placement";
import type { Release } from "./release";
import { settingsReader, type SettingsReader } from "./settings";
import { siteOf } from "./site";
import { startEdges, type StartEdge } from "./start-order";

/** A lab with every choice made. */
export interface World {
  readonly lab: Lab;
  readonly releases: readonly Release[];
  /** Releases on their way out: built once more to know what they own, and otherwise not there. */
  readonly retired: readonly Release[];
  release(address: string): Release | undefined;
  /** The releases of one cluster, in the order of the lab: asking the whole lab for them makes a rule quadratic. */
  releasesOn(cluster: Cluster): readonly Release[];
  /** What is found on each cluster by itself. Whoever looks there reads of others what they need, and nothing of all. */
  onEachCluster(look: (cluster: Cluster, releases: readonly Release[]) => readonly Finding[]): readonly Finding[];
  /** What cannot start before what, found once. */
  startEdges(): readonly StartEdge[];
}

/** A world of releases, with what finds them. */
export function worldOf(lab: Lab, releases: readonly Release[], retired: readonly Release[]): World {
  const byAddress = new Map(releases.map((release) => [release.address, release]));
  const byCluster = new Map<string, Release[]>(lab.clusters.map(({ name }) => [name, []]));
  for (const release of releases) byCluster.get(release.cluster.name)?.push(release);
  let edges: readonly StartEdge[] | undefined;
  const releasesOn = ({ name }: Cluster): readonly Release[] => byCluster.get(name) ?? [];
  return {
    lab,
    releases,
    retired,
    release: (address) => byAddress.get(address),
    releasesOn,
    onEachCluster: (look) => lab.clusters.flatMap((cluster) => look(cluster, releasesOn(cluster))),
    startEdges: () => (edges ??= startEdges(releases)),
  };
}

/** What is found of each release by itself, cluster by cluster: see {@link World.onEachCluster}. */
export const onEachRelease = (world: World, look: (release: Release) => readonly Finding[]): readonly Finding[] => world.onEachCluster((_cluster, releases) => releases.flatMap((release) => look(release)));

/** Makes every choice that the lab leaves to rules, and reports each that it cannot make. Nothing is guessed. */
export function resolve(lab: Lab): { readonly world: World; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const placed: Release[] = [];
  const settings = settingsReader(lab);
  const broken = new Set<string>();
  for (const cluster of lab.clusters)
    for (const placement of cluster.runs) {
      const release = releaseOf(lab, cluster, placement, settings);
      if (!isRelease(release)) {
        findings.push(...release);
        broken.add(`${cluster.name}/${placement.name}`);
      } else {
        placed.push(release);
        findings.push(...mistakesIn(release));
      }
    }

  const speakers = speakersAmong(placed, broken, lab);
  const releases = placed.map((release) => {
    const { callees, missing } = calleesOf(release, speakers);
    findings.push(...missing, ...unknownChoices(release));
    return { ...release, callees };
  });
  const retired = lab.clusters.flatMap((cluster) =>
    (cluster.retired ?? []).flatMap((it) => {
      const release = releaseOf(lab, cluster, it.placement, settings);
      return isRelease(release) ? [{ ...release, callees: calleesOf(release, speakers).callees, retired: it }] : [];
    }),
  );
  return { world: worldOf(lab, releases, retired), findings };
}

const isRelease = (it: Release | readonly Finding[]): it is Release => "address" in it;

/** What the app itself finds wrong with a release. */
const mistakesIn = ({ app, address, name, namespace, settings, site }: Release): readonly Finding[] =>
  app.check({ name, namespace, settings: settings as never, site }).map((mistake) => error({ ...mistake, address }));

/** A release still without its callees, or what is wrong with its settings. */
function releaseOf(lab: Lab, cluster: Cluster, placement: Placement, settingsOf: SettingsReader): Release | readonly Finding[] {
  const address = `${cluster.name}/${placement.name}`;
  const environment = placement.environment ?? cluster.environment;
  const resolved = settingsOf(placement, environment, address);
  if (!("settings" in resolved)) return resolved;
  const site = siteOf(lab, cluster);
  const namespace = placement.adopt?.namespace ?? placement.name;
  const placedApp = { name: placement.name, namespace, settings: resolved.settings as never, site };
  const needs = withMirror(placedApp, withFirstStart(placement.app.name, placement.app.needs(placedApp), cluster), cluster);
  const mirror = mirrorOf({ needs, cluster, site });
  const first = firstStartOf({ app: placement.app, needs, cluster });
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
    needs,
    makes: placement.app.makes(placedApp),
    images: [...imagesIn(resolved.settings), ...(first ? [first.image] : []), ...(mirror ? [mirror.image] : [])],
    callees: {},
  };
}

function imagesIn(value: unknown): readonly Image[] {
  if (isImage(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(imagesIn) : [];
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
