import { lab } from "../../examples/hybrid/lab";
import { infraFiles } from "../../infra/files";
import { lanNetwork, lanProfile, switchPort } from "./network-api/omada-types";
import { faultsOf } from "./network-api/record-type";

const site = JSON.parse(infraFiles(lab).get("infra/out/omada/site.json") ?? "{}");
const profiles = site.profiles as readonly { readonly untagged: string; readonly tagged: readonly string[]; readonly body: { readonly name: string } }[];
const ports = site.ports as readonly { readonly switch: string; readonly port: number; readonly profile: string; readonly body: object }[];
const on = (mac: string, port: number) => {
  const { profile } = ports.find((it) => it.switch === mac && it.port === port)!;
  const { untagged, tagged } = profiles.find(({ body }) => body.name === profile)!;
  return [untagged, tagged];
};
const rack = "AC-15-A2-00-00-01";

test("the controller's own types take every body, once the names in it are ids", () => {
  for (const body of site.networks) expect(faultsOf(body, lanNetwork)).toEqual([]);
  for (const { body } of profiles) expect(faultsOf({ ...body, nativeNetworkId: "n1", tagNetworkIds: ["n2"] }, lanProfile)).toEqual([]);
  for (const { body } of ports) expect(faultsOf({ ...body, profileId: "p1" }, switchPort)).toEqual([]);
  expect(faultsOf({ ...site.networks[0], vlan: 4095 }, lanNetwork)).toEqual(["vlan = 4095 is refused"]);
  expect(faultsOf({ name: "x" }, switchPort)).toEqual(["profileOverrideEnable is required"]);
});

test("every VLAN of the address plan is a network, and what is in none is not", () => {
  expect(site.networks.map((it: { name: string; vlan: number }) => [it.name, it.vlan])).toEqual([
    ["management", 10],
    ["servers", 20],
    ["storage", 30],
    ["home", 40],
    ["things", 50],
  ]);
});

test("a machine's port carries its networks: Proxmox' those of its bridge, another's those it has addresses in", () => {
  expect(on(rack, 3)).toEqual(["management", ["servers", "storage"]]);
  expect(on(rack, 5)).toEqual(["servers", ["storage"]]);
  expect(on(rack, 6)).toEqual(["management", ["storage"]]);
});

test("an uplink carries everything, and a socket in the wall one network", () => {
  expect(on(rack, 1)).toEqual(["management", ["home", "servers", "storage", "things"]]);
  expect(on("AC-15-A2-00-00-02", 3)).toEqual(["things", []]);
});
