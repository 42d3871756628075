import { zoneUnique } from "../../engine/checks/lab/zone-unique";
import type { External } from "../../engine/model/external";
import { clusterOf, hostOf, labOf } from "../lab-of";

const found = (name: string) => zoneUnique(labOf({ hosts: [hostOf({ name })], clusters: [clusterOf({ nodes: [] })] })).map(({ address }) => address);

test("a host with a cluster's name would never be reached by it", () => {
  expect(found("one")).toEqual(["host one"]);
});

test("an external can have no name in a cluster's zone, and none that leads elsewhere", () => {
  const external = (name: string, host: string, address = "192.168.40.11"): External => ({ name, host, address, port: 443, scheme: "https", speaks: "x" });
  const foundOf = (...externals: readonly External[]) => zoneUnique(labOf({ externals })).map((it) => it.found);
  expect(foundOf(external("git", "git.one.test.example"))).toEqual(["git.one.test.example is a name in the zone of cluster one, whose every name leads to its ingress"]);
  expect(foundOf(external("git", "one-1.test.example", "192.168.40.77"))).toEqual(["host one-1 (192.168.40.11) and external git (192.168.40.77) are both one-1.test.example"]);
  expect(foundOf(external("git", "git.test.example"), external("pages", "git.test.example", "192.168.40.78"))).toHaveLength(1);
  // Two services of one machine, under its own name and another.
  expect(foundOf(external("git", "one-1.test.example"), external("pages", "pages.test.example"), external("registry", "pages.test.example"))).toEqual([]);
});

test("other names are quiet", () => {
  expect(found("one-1")).toEqual([]);
});
