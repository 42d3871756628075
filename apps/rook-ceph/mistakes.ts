import type { Mistake, Placed } from "../../engine/model/app";
import { nearest } from "../../engine/model/nearest";
import { cephHosts, failureDomains, type CephHost } from "./disks";
import { rookClasses } from "./class-names";
import { shapeOf, type RookCephSettings } from "./settings";

type Here = Placed<RookCephSettings>;

/** What is wrong with the description before Ceph wipes a disk: names of disks, and counts that no cluster of these hosts can keep. */
export function mistakes(here: Here): readonly Mistake[] {
  const hosts = cephHosts(here.site.cluster, here.settings.disks);
  const disks = [...unknownDisks(here), ...repeatedDisks(here, hosts)];
  // Counting hosts says nothing new while the disks are wrong.
  return disks.length ? disks : [...shape(here, hosts), ...monitors(here, hosts), ...copies(here, hosts), ...notOffered(here)];
}

function unknownDisks({ settings, site }: Here): readonly Mistake[] {
  const known = cephHosts(site.cluster).flatMap((host) => host.disks.map((disk) => disk.id));
  const others = new Map(site.cluster.nodes.flatMap((node) => node.disks.map((disk) => [disk.id, `${node.name} uses it for ${disk.use}`] as const)));
  return (settings.disks ?? [])
    .filter((id) => !known.includes(id))
    .map((id) => ({
      rule: "ceph-disk-known",
      found: `disks names ${id}, and ${others.get(id) ?? `no node of ${site.cluster.name} has it`}`,
      expected: `disks that the hosts' description gives to Ceph: ${known.join(", ") || "there is none"}`,
      fix: nearest(id, known) ? `Write ${nearest(id, known)}` : 'Describe the disk on its host with use: "ceph", or leave it out',
    }));
}

/** One disk under two names, or two clusters on one disk: each would wipe what the other wrote. */
function repeatedDisks({ name, settings, site }: Here, hosts: readonly CephHost[]): readonly Mistake[] {
  const everywhere = site.lab.clusters.flatMap((cluster) => cluster.nodes.map((node) => ({ place: `${cluster.name}/${node.name}`, ids: node.disks.map((disk) => disk.id) })));
  const twice = hosts.flatMap((host) => host.disks).flatMap(({ id }) => {
    const places = everywhere.flatMap(({ place, ids }) => ids.filter((it) => it === id).map(() => place));
    const named = (settings.disks ?? []).filter((it) => it === id).length;
    return named > 1 ? [`disks names ${id} ${named} times`] : places.length > 1 ? [`${id} is described ${places.length} times: ${places.join(", ")}`] : [];
  });
  const rivals = site.cluster.runs.filter((other) => other.app.name === "rook-ceph" && other.name !== name);
  const contested = rivals.flatMap((other) => {
    const theirs = cephHosts(site.cluster, Array.isArray(other.settings["disks"]) ? other.settings["disks"] : undefined).flatMap((host) => host.disks.map((disk) => disk.id));
    const shared = hosts.flatMap((host) => host.disks.map((disk) => disk.id)).filter((id) => theirs.includes(id));
    return shared.length ? [`${shared.join(", ")}, which ${site.cluster.name}/${other.name} takes too`] : [];
  });
  return [...new Set([...twice, ...contested])].map((found) => ({
    rule: "ceph-disk-once",
    found,
    expected: "each disk in one place, for one Ceph",
    fix: "Correct the id in the hosts' description (ls -l /dev/disk/by-id), or divide the disks with the setting `disks`",
  }));
}

function shape({ settings, site }: Here, hosts: readonly CephHost[]): readonly Mistake[] {
  const report = (expected: string, fix: string): readonly Mistake[] => [
    { rule: "ceph-shape", found: `shape "${settings.shape}", and ${hosts.length} nodes of ${site.cluster.name} have disks for Ceph`, expected, fix },
  ];
  if (hosts.length === 0) return report("at least one", 'Describe a disk of a node with use: "ceph"');
  if (settings.shape === "three-node" && hosts.length < 3) return report("three or more: of two monitors, neither goes on alone", 'Give a third node a disk, or choose shape "single-node" on one of them');
  if (settings.shape === "single-node" && hosts.length > 1) return report("one", 'Choose shape "three-node", or name the disks of one node with the setting `disks`');
  return [];
}

function monitors({ settings }: Here, hosts: readonly CephHost[]): readonly Mistake[] {
  const { monitors: count } = shapeOf(settings);
  if (settings.monitors === undefined || hosts.length === 0 || count <= hosts.length) return [];
  return [{ rule: "ceph-monitors", found: `monitors = ${count}, and ${hosts.length} hosts`, expected: "one monitor on a host at the most: those on one host would fail together", fix: `Ask for ${hosts.length - ((hosts.length + 1) % 2)}, or add hosts` }];
}

function copies({ settings, site }: Here, hosts: readonly CephHost[]): readonly Mistake[] {
  const { replicas, failureDomain } = shapeOf(settings);
  const domains = failureDomains(hosts, failureDomain).length;
  if (hosts.length === 0 || replicas <= domains) return [];
  const what = failureDomain === "host" ? "hosts" : "disks";
  return [
    {
      rule: "ceph-replicas",
      found: `${replicas} replicas, and ${site.cluster.name} has ${domains} ${what} for Ceph`,
      expected: `at most ${domains}: two copies in one ${failureDomain === "host" ? "host" : "disk"} would be lost together, and Ceph waits for a place for the last one`,
      fix: `Set replicas to ${domains} or less, or add ${what}`,
    },
  ];
}

/** A provider that hands out claims of a class which nothing makes leaves them Pending. */
function notOffered({ settings, site }: Here): readonly Mistake[] {
  const { storage, buckets } = site.cluster.provides;
  const asked = Object.entries(storage).flatMap(([name, provider]) => (provider.backedBy === "rook-ceph" ? [{ name: `storage.${name}`, offer: provider.storageClassName === rookClasses.shared ? "shared" : "block" } as const] : []));
  const all = [...asked, ...(buckets?.backedBy === "rook-ceph" ? [{ name: "buckets", offer: "bucket" } as const] : [])];
  return all
    .filter(({ offer }) => !settings.offers.includes(offer))
    .map(({ name, offer }) => ({
      rule: "ceph-offers",
      found: `${site.cluster.name} provides ${name} from Rook, and offers = ${settings.offers.join(", ")}`,
      expected: `"${offer}" among them`,
      fix: `Add "${offer}" to offers, or provide ${name} from elsewhere`,
    }));
}
