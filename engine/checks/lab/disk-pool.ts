import { pooledDisks } from "../../model/disk-pool";
import { error, type Finding } from "../../model/finding";
import type { Host } from "../../model/host";
import type { Lab } from "../../model/lab";
import { bytes, bytesOf } from "../../model/quantity";

/** Pools that a dead disk does not take along: parity as large as the largest disk it stands for. https://www.snapraid.it/faq */
export const diskPool = ({ hosts }: Lab): readonly Finding[] =>
  hosts.filter(({ pool }) => pool).flatMap((host) => [...unknownParity(host), ...parityCovers(host)]);

function unknownParity(host: Host): readonly Finding[] {
  const own = host.disks.filter(({ use }) => use === "data").map(({ id }) => id);
  return (host.pool?.parity ?? [])
    .filter((id) => !own.includes(id))
    .map((id) =>
      error({
        rule: "pool-parity",
        address: `host ${host.name}`,
        found: `parity on ${id}`,
        expected: `one of its data disks: ${own.join(", ")}`,
        fix: "Name a data disk's id",
      }),
    );
}

function parityCovers(host: Host): readonly Finding[] {
  const { data, parity } = pooledDisks(host);
  if (![...data, ...parity].every(({ disk }) => bytes.safeParse(disk.size).success)) return [];
  const largest = Math.max(0, ...data.map(({ disk }) => bytesOf(disk.size)));
  const small = parity.filter(({ disk }) => bytesOf(disk.size) < largest);
  return [
    ...(data.length > 0 && parity.length > 0
      ? []
      : [
          error({
            rule: "pool-parity",
            address: `host ${host.name}`,
            found: `${data.length} disks of files and ${parity.length} of parity`,
            expected: "one of each at least",
            fix: "Name a data disk in `pool.parity`, or do without a pool",
          }),
        ]),
    ...small.map(({ disk }) =>
      error({
        rule: "pool-parity",
        address: `host ${host.name}`,
        found: `parity of ${disk.size} on ${disk.id}, and a larger disk of files`,
        expected: "parity as large as the largest disk of files",
        fix: "Give the largest disk to parity",
      }),
    ),
  ];
}
