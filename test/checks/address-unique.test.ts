import { addressUnique } from "../../engine/checks/lab/address-unique";
import { staticAddress } from "../../engine/checks/lab/static-address";
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

test("an API server's virtual address is nobody else's, and in no pool", () => {
  const checked = (api: string) => {
    const lab = labOf({ networks: [{ name: "lan", cidr: "192.168.40.0/24", gateway: "192.168.40.1", dhcp: "192.168.40.100-192.168.40.120" }], clusters: [clusterOf({ network: { api: `https://${api}:6443` } })] });
    return [...addressUnique(lab), ...staticAddress(lab)].map((it) => it.found);
  };
  expect(checked("192.168.40.205")).toEqual(["the API server of one (192.168.40.205) stands in pool default of one (192.168.40.200-192.168.40.220), which hands it out as well"]);
  expect(checked("192.168.40.1")).toEqual(["192.168.40.1 belongs to the gateway of lan and the API server of one"]);
  expect(checked("192.168.40.110")).toEqual([expect.stringContaining("stands where lan's DHCP server hands out")]);
  expect(checked("192.168.40.50")).toEqual([]);
  // A control plane's own.
  expect(checked("192.168.40.11")).toEqual([]);
});

test("a member of the tunnel has an address of the plan, to itself", () => {
  const member = (name: string, address: string, host?: string) => ({ name, address, publicKey: "", ...(host ? { host } : {}) });
  const tunnel = { name: "tunnel", cidr: "10.9.0.0/24", gateway: "10.9.0.1" };
  const checked = (...members: readonly ReturnType<typeof member>[]) => {
    const lab = labOf({ networks: [...labOf().networks, tunnel], hosts: [...twoHosts, hostOf({ name: "cloud", addresses: { tunnel: "10.9.0.9" } })], wireguard: { network: "tunnel", endpoint: "vpn.test.example", port: 51820, hub: "router", members: [member("router", "10.9.0.1"), ...members] } });
    return [...addressUnique(lab), ...staticAddress(lab)].map((it) => it.found);
  };
  expect(checked(member("laptop", "10.9.0.9"))).toEqual(["10.9.0.9 belongs to host cloud and WireGuard member laptop"]);
  expect(checked(member("laptop", "10.9.0.7"), member("phone", "10.9.0.7"))).toEqual(["10.9.0.7 belongs to WireGuard member laptop and WireGuard member phone"]);
  expect(checked(member("laptop", "10.8.0.7"))).toHaveLength(1);
  expect(checked(member("laptop", "10.9.0.7"), member("cloud", "10.9.0.9", "cloud"))).toEqual([]);
});

test("an external may stand on a host, but not on another external's port", () => {
  expect(addressUnique(labOf({ externals: [external("ollama", "192.168.40.11", 11434), external("smtp", "192.168.40.11", 25)] }))).toEqual([]);
  expect(addressUnique(labOf({ externals: [external("ollama", "192.168.40.11", 25), external("smtp", "192.168.40.11", 25)] }))).toHaveLength(1);
});
