import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { repeated } from "../groups";

/** A disk's id is its own, over all machines: what is wiped, pooled or encrypted by it must be no other. */
export const diskUnique = ({ hosts }: Lab): readonly Finding[] =>
  repeated(
    hosts.flatMap(({ name, disks }) => disks.map(({ id }) => ({ host: name, id }))),
    ({ id }) => id,
  ).map(([id, same]) =>
    error({
      rule: "disk-unique",
      address: `host ${same[1]?.host}`,
      found: `disk ${id} is ${[...new Set(same.map(({ host }) => host))].join("'s and ")}'s, ${same.length} times`,
      expected: "one disk for each id",
      fix: "Copy each id from /dev/disk/by-id of its own machine",
    }),
  );
