import { diskUnique } from "../../engine/checks/lab/disk-unique";
import { hostOf, labOf } from "../lab-of";

const disk = (id: string) => ({ id, size: "1Ti", media: "nvme", use: "system" }) as const;
const found = (...ids: readonly (readonly string[])[]) => diskUnique(labOf({ hosts: ids.map((own, index) => hostOf({ name: `one-${index + 1}`, last: 11 + index, disks: own.map(disk) })) })).map(({ address, found: what }) => [address, what]);

test("one id on two machines is a copy that was not changed", () => {
  expect(found(["nvme-a"], ["nvme-b", "nvme-a"])).toEqual([["host one-2", "disk nvme-a is one-1's and one-2's, 2 times"]]);
});

test("an id for each disk is quiet", () => {
  expect(found(["nvme-a"], ["nvme-b", "nvme-c"])).toEqual([]);
});
