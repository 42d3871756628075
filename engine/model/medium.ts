import type { Cluster } from "./cluster";
import type { Disk } from "./host";
import type { Lab } from "./lab";
import type { StorageProvider } from "./provides";

/** What a copy is kept on. */
export type Medium = Disk["media"] | "cloud";

/** What a cluster's volumes are on: what their storage says, or else the nodes' disks. Buckets are on whatever the nodes share. */
export function mediumOf(storage: StorageProvider | undefined, cluster: Cluster, lab: Lab): Medium {
  return storage?.media ?? diskMedium(cluster, lab, storage?.nodeLocal === true ? "system" : "ceph");
}

/** What the nodes' disks of that use are; their system disks where there are none. Kind's nodes have none: their host's count. */
export function diskMedium(cluster: Cluster, lab: Lab, use: Disk["use"]): Medium {
  const disks = cluster.nodes.flatMap((node) =>
    node.disks.length ? node.disks : (lab.hosts.find(({ name }) => name === node.host)?.disks ?? []),
  );
  return (disks.find((disk) => disk.use === use) ?? disks.find((disk) => disk.use === "system"))?.media ?? "ssd";
}
