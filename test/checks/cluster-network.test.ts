import { clusterNetwork } from "../../engine/checks/lab/cluster-network";
import type { ClusterNetwork } from "../../engine/model/cluster";
import { clusterOf, labOf } from "../lab-of";

const found = (network: Partial<ClusterNetwork> = {}) => clusterNetwork(labOf({ clusters: [clusterOf({ network })] })).map(({ rule, found: what }) => `${rule}: ${what}`);

test("a range of the internet is not the lab's to use", () => {
  expect(found({ pods: "11.42.0.0/16" })).toEqual(["address-private: one's pods = 11.42.0.0/16, which is on the internet"]);
  expect(clusterNetwork(labOf({ networks: [{ name: "lan", cidr: "193.168.40.0/24" }], clusters: [] })).map(({ rule }) => rule)).toEqual(["address-private"]);
});

test("every node needs a /24 of the pods' network", () => {
  expect(found({ pods: "10.42.0.0/24" })).toEqual(["cidr-room: pods = 10.42.0.0/24 for 2 nodes"]);
  expect(found({ pods: "10.42.0.0/23" })).toEqual([]);
});

test("services are neither more than the API server takes nor fewer than DNS needs", () => {
  expect(found({ services: "10.0.0.0/8" })).toEqual(["cidr-room: services = 10.0.0.0/8"]);
  expect(found({ services: "10.43.0.0/29" })).toEqual(["cidr-room: services = 10.43.0.0/29"]);
});

test("the API answers at a control plane's address, or at a virtual one of its network", () => {
  expect(found({ api: "https://192.168.40.12:6443" })).toEqual(["api-address: network.api at 192.168.40.12, which is host one-2's, and that is no control plane of one"]);
  expect(found({ api: "https://192.168.99.9:6443" })).toEqual(["api-address: network.api at 192.168.99.9, outside network lan"]);
  expect(found({ api: "https://192.168.40.11:6443" })).toEqual([]);
  expect(found({ api: "https://192.168.40.50:6443" })).toEqual([]);
  expect(found({ api: "https://one-control-plane:6443" })).toEqual([]);
});
