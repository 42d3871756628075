import type { Cluster } from "../../engine/model/cluster";
import type { Disk } from "../../engine/model/host";
import { bytesOf } from "../../engine/model/quantity";
import { shapeOf, type RookCephSettings } from "./settings";

/** A node that keeps Ceph's data, and on which of its disks. */
export interface CephHost {
  readonly name: string;
  readonly disks: readonly Disk[];
}

/** The nodes with disks for Ceph, of which only the chosen ones count. */
export function cephHosts(cluster: Cluster, chosen?: readonly string[]): readonly CephHost[] {
  return cluster.nodes
    .map(({ name, disks }) => ({ name, disks: disks.filter((disk) => disk.use === "ceph" && (chosen?.includes(disk.id) ?? true)) }))
    .filter(({ disks }) => disks.length > 0);
}

/** What may break alone: a host with all its disks, or a single one. In bytes. */
export const failureDomains = (hosts: readonly CephHost[], domain: "osd" | "host"): readonly number[] =>
  hosts.flatMap(({ disks }) => {
    const sizes = disks.map((disk) => bytesOf(disk.size));
    return domain === "osd" ? sizes : [sizes.reduce((sum, size) => sum + size, 0)];
  });

/**
 * How many bytes fit when each is kept `replicas` times, in different domains: a domain larger than all others together
 * cannot be filled.
 */
export function usableBytes(domains: readonly number[], replicas: number): number {
  if (domains.length < replicas) return 0;
  const largestFirst = [...domains].sort((a, b) => b - a);
  const without = (count: number): number => largestFirst.slice(count).reduce((sum, size) => sum + size, 0) / (replicas - count);
  return Math.min(...Array.from({ length: replicas }, (_, count) => without(count)));
}

/** Ceph warns at this fill and soon after takes no more: https://docs.ceph.com/en/tentacle/rados/configuration/mon-config-ref/#storage-capacity */
export const nearFullRatio = 0.85;

/** What a Ceph cluster with these settings can be filled with, in bytes, before it warns; unknown where its disks cannot keep so many copies. */
export function capacityOf(cluster: Cluster, settings: RookCephSettings): number | undefined {
  const { failureDomain, replicas } = shapeOf(settings);
  const usable = usableBytes(failureDomains(cephHosts(cluster, settings.disks), failureDomain), replicas);
  return usable > 0 ? Math.floor(usable * nearFullRatio) : undefined;
}
