import { staticAddress } from "../../engine/checks/lab/static-address";
import { clusterOf, hostOf, labOf, twoHosts } from "../lab-of";

const lan = { name: "lan", cidr: "192.168.40.0/24", dhcp: "192.168.40.100-192.168.40.199" };
const rules = (lab: Parameters<typeof labOf>[0]) => staticAddress(labOf(lab)).map((it) => `${it.address}: ${it.rule}`);

test("a host outside its network, or where DHCP hands out addresses, is found", () => {
  const hosts = [...twoHosts, hostOf({ name: "far", addresses: { lan: "10.0.0.9" } }), hostOf({ name: "leased", last: 150 })];
  expect(rules({ networks: [lan], hosts })).toEqual(["host far: address-in-network", "host leased: address-static"]);
});

test("a pool stands inside the network of the cluster's nodes", () => {
  expect(rules({ clusters: [clusterOf({ network: { pools: { default: "192.168.40.250-192.168.41.5" } } })] })).toEqual(["one: pool-in-network"]);
  expect(rules({ clusters: [clusterOf({ network: { pools: { default: "192.168.40.9-192.168.40.1" } } })] })).toEqual(["one: address-valid"]);
});

test("a node without an address is found, except on Kind", () => {
  const [node] = clusterOf().nodes;
  expect(rules({ clusters: [clusterOf({ nodes: [{ ...node!, address: "" }] })] })).toEqual(["one: address-valid"]);
});

test("DHCP that lies outside its network is found", () => {
  expect(rules({ networks: [{ ...lan, dhcp: "192.168.41.1-192.168.41.9" }] })).toEqual(["network lan: address-valid"]);
});

test("addresses inside their network and outside its DHCP range are fine", () => {
  expect(rules({ networks: [lan] })).toEqual([]);
});
