import { diskPool } from "../../engine/checks/lab/disk-pool";
import type { Disk, Host } from "../../engine/model/host";
import { hostOf, labOf } from "../lab-of";

const shelf = (id: string, size: Disk["size"] = "8Ti"): Disk => ({ id, size, media: "hdd", use: "data" });
const withPool = (disks: readonly Disk[], parity: readonly string[]): readonly string[] => {
  const host: Host = hostOf({ name: "nas", last: 20, disks, pool: { mount: "/srv/pool", parity } });
  return diskPool(labOf({ hosts: [host] })).map(({ found }) => found);
};

test("parity as large as the largest disk is enough", () => {
  expect(withPool([shelf("a"), shelf("b", "4Ti"), shelf("c")], ["c"])).toEqual([]);
});

test("parity smaller than a disk of files is found", () => {
  expect(withPool([shelf("a"), shelf("b", "4Ti")], ["b"])).toEqual(["parity of 4Ti on b, and a larger disk of files"]);
});

test("parity on a disk that is not there, and a pool without any, are found", () => {
  expect(withPool([shelf("a"), shelf("b")], ["z"])).toEqual(["parity on z", "2 disks of files and 0 of parity"]);
});
