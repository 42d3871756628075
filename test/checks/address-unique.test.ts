import { addressUnique } from "../../engine/checks/lab/address-unique";
import { clusterOf, hostOf, labOf, twoHosts } from "../lab-of";

const external = (name: string, address: string, port: number) => ({ name, address, port, scheme: "tcp", speaks: name }) as const;

test("two hosts at one address, and a host at the gateway's, are found", () => {
  const findings = addressUnique(labOf({ hosts: [...twoHosts, hostOf({ name: "nas", last: 12 }), hostOf({ name: "ap", last: 1 })] }));
  expect(findings.map((it) => it.found)).toEqual([
    "192.168.40.12 belongs to host one-2 and host nas",
    "192.168.40.1 belongs to host ap and the gateway of lan",
  ]);
});

test("nothing but its own ingress stands in a pool", () => {
  const findings = addressUnique(labOf({ hosts: [...twoHosts, hostOf({ name: "nas", last: 205 })] }));
  expect(findings.map((it) => it.address)).toEqual(["host nas"]);
});

test("pools of two clusters may not overlap", () => {
  const two = clusterOf({ name: "two", nodes: [], network: { pools: { spare: "192.168.40.220-192.168.40.230" }, ingress: "192.168.40.230" } });
  expect(addressUnique(labOf({ clusters: [clusterOf(), two] })).map((it) => it.rule)).toEqual(["pool-overlap"]);
});

test("an external may stand on a host, but not on another external's port", () => {
  expect(addressUnique(labOf({ externals: [external("ollama", "192.168.40.11", 11434), external("smtp", "192.168.40.11", 25)] }))).toEqual([]);
  expect(addressUnique(labOf({ externals: [external("ollama", "192.168.40.11", 25), external("smtp", "192.168.40.11", 25)] }))).toHaveLength(1);
});
