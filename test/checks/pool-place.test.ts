import { poolPlace } from "../../engine/checks/lab/pool-place";
import { kind } from "../../engine/model/distribution";
import { clusterOf, labOf } from "../lab-of";

const rules = (cluster: Parameters<typeof clusterOf>[0]) => poolPlace(labOf({ clusters: [clusterOf(cluster)] })).map((it) => it.rule);

test("a pool on Kind is found: the LAN cannot reach Docker's network", () => {
  expect(rules({ distribution: kind() })).toEqual(["pool-on-kind"]);
});

test("an ingress address that no pool holds is found", () => {
  expect(rules({ network: { ingress: "192.168.40.50" } })).toEqual(["ingress-in-pool"]);
});

test("the ingress is a pool's address, or a node's own where there are no pools", () => {
  expect(rules({})).toEqual([]);
  expect(rules({ network: { pools: {}, ingress: "192.168.40.11" } })).toEqual([]);
});
