import type { Disk, Host } from "./host";

/**
 * Disks that look like one: mergerfs shows every file where it lies whole, and SnapRAID's parity brings back a disk that dies.
 * For what is written once and read often; a database belongs elsewhere.
 */
export interface DiskPool {
  /** Where the pool is mounted: `/srv/pool`. */
  readonly mount: string;
  /** Ids of the disks that hold parity: each one survives one more disk's death. The other data disks hold files. */
  readonly parity: readonly string[];
}

/** The disks of a pool, with the name that each has in it. */
export interface PooledDisk {
  readonly disk: Disk;
  /** `data1`, `parity`, `2-parity`: the words of snapraid.conf. */
  readonly name: string;
}

export function pooledDisks({ disks, pool }: Host): { readonly data: readonly PooledDisk[]; readonly parity: readonly PooledDisk[] } {
  const own = disks.filter(({ use }) => use === "data");
  const parity = (pool?.parity ?? []).flatMap((id) => own.filter((disk) => disk.id === id));
  return {
    data: own.filter((disk) => !parity.includes(disk)).map((disk, index) => ({ disk, name: `data${index + 1}` })),
    // https://www.snapraid.it/manual: the second parity is called "2-parity", and so on
    parity: parity.map((disk, index) => ({ disk, name: index === 0 ? "parity" : `${index + 1}-parity` })),
  };
}
