import { fieldOf } from "../../model/manifest";
import type { Verdict } from "../change";
import { listAt } from "../list-at";

/** Disks that a machine joins to one folder, with parity on some: infra/hosts/disk-pool.ts. */
export function poolVerdicts(before: unknown, after: unknown): readonly Verdict[] {
  const hosts = Object.keys(fieldOf(before, "all", "children", "machines", "hosts") ?? {});
  return hosts.flatMap((host) => ofPool(host, disksOf(before, host), disksOf(after, host)));
}

/** The device of each place in the pool: `data1`, `parity`. */
const disksOf = (inventory: unknown, host: string): ReadonlyMap<string, string> =>
  new Map(listAt(inventory, "all", "children", "machines", "hosts", host, "disk_pool_disks").map((disk) => [String(fieldOf(disk, "name")), String(fieldOf(disk, "device"))]));

const isParity = (place: string): boolean => place.includes("parity");

function ofPool(host: string, was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): readonly Verdict[] {
  const placeNow = (device: string) => [...is].find(([, it]) => it === device)?.[0];
  const swapped = [...was].filter(([place, device]) => placeNow(device) !== undefined && isParity(placeNow(device) ?? "") !== isParity(place)).map(([, device]) => device);
  if (swapped.length) return [{ effect: "data at risk", field: "disk_pool_disks", says: `on ${host}, ${swapped.join(" and ")} ${swapped.length === 1 ? "changes" : "change"} between data and parity: the next parity run writes over what was data` }];
  const left = [...was].filter(([, device]) => placeNow(device) === undefined);
  const [data, parity] = [left.filter(([place]) => !isParity(place)), left.filter(([place]) => isParity(place))];
  return [
    ...(data.length ? [{ effect: "outage" as const, field: "disk_pool_disks", says: `on ${host}, what is on ${data.map(([, device]) => device).join(", ")} is in the pool no more: it stays on the disk, out of reach, and parity no longer covers it` }] : []),
    ...(parity.length ? [{ effect: "live change" as const, field: "disk_pool_disks", says: `on ${host}, ${parity.map(([, device]) => device).join(", ")} holds parity no more: until the new one is written, a broken disk takes its files along` }] : []),
  ];
}
