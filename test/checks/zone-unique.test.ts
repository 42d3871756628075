import { zoneUnique } from "../../engine/checks/lab/zone-unique";
import { clusterOf, hostOf, labOf } from "../lab-of";

const found = (name: string) => zoneUnique(labOf({ hosts: [hostOf({ name })], clusters: [clusterOf({ nodes: [] })] })).map(({ address }) => address);

test("a host with a cluster's name would never be reached by it", () => {
  expect(found("one")).toEqual(["host one"]);
});

test("other names are quiet", () => {
  expect(found("one-1")).toEqual([]);
});
