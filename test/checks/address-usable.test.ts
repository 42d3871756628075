import { addressUsable } from "../../engine/checks/lab/address-usable";
import { clusterOf, hostOf, labOf } from "../lab-of";

const lan = { name: "lan", cidr: "192.168.40.0/24" };
const found = (address: string) => addressUsable(labOf({ networks: [lan], hosts: [hostOf({ addresses: { lan: address } })], clusters: [clusterOf({ nodes: [] })] })).map(({ address: whose }) => whose);

test.each(["192.168.40.0", "192.168.40.255"])("%s is nobody's in a /24", (address) => {
  expect(found(address)).toEqual(["host one-1"]);
});

test("a pool to the very end of the network takes broadcast along", () => {
  const cluster = clusterOf({ nodes: [], network: { pools: { default: "192.168.40.240-192.168.40.255" } } });
  expect(addressUsable(labOf({ networks: [lan], hosts: [], clusters: [cluster] })).map(({ found: what }) => what)).toEqual(["pool default (192.168.40.240-192.168.40.255) takes the last address of network lan, 192.168.40.0/24"]);
});

test("addresses between them are quiet", () => {
  expect(found("192.168.40.11")).toEqual([]);
});
