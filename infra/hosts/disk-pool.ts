import { pooledDisks, type PooledDisk } from "../../engine/model/disk-pool";
import type { Host } from "../../engine/model/host";

/** The one partition of a disk of the pool. */
const device = ({ disk }: PooledDisk): string => `/dev/disk/by-id/${disk.id}-part1`;
const pathOf = ({ name }: PooledDisk): string => `/mnt/disks/${name}`;

/** What the role needs to mount: each disk under its own name, and all that hold files as one. */
export function poolVars(host: Host): Readonly<Record<string, unknown>> {
  const { data, parity } = pooledDisks(host);
  return {
    disk_pool_mount: host.pool?.mount,
    disk_pool_disks: [...data, ...parity].map((it) => ({ name: it.name, device: device(it), path: pathOf(it) })),
    disk_pool_config: `snapraid/${host.name}.conf`,
  };
}

/**
 * SnapRAID's configuration: what protects what. The list of files is kept on every data disk and on the system's, because it
 * is needed most when one of them is gone. https://www.snapraid.it/manual
 */
export function snapraidConfig(host: Host): string {
  const { data, parity } = pooledDisks(host);
  return [
    ...parity.map((it) => `${it.name} ${pathOf(it)}/snapraid.parity`),
    "content /var/lib/snapraid/snapraid.content",
    ...data.map((it) => `content ${pathOf(it)}/.snapraid.content`),
    ...data.map((it) => `data ${it.name} ${pathOf(it)}/`),
    "exclude *.unrecoverable",
    "exclude /lost+found/",
    "exclude *.tmp",
    "autosave 500",
    "",
  ].join("\n");
}
