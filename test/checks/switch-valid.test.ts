import { switchValid } from "../../engine/checks/lab/switch-valid";
import type { Switch } from "../../engine/model/switches";
import { lab } from "../../examples/hybrid/lab";

const [rack, living] = lab.omada!.switches;
const found = (...switches: readonly Switch[]) => switchValid({ ...lab, omada: { ...lab.omada!, switches } }).map((it) => [it.rule, it.address, it.found]);
const withPort = (port: Switch["ports"][number]) => found({ ...rack!, ports: { 7: port } });

test("the hybrid lab's switches are sound", () => {
  expect(found(rack!, living!)).toEqual([]);
});

test.each<[string, Switch["ports"][number], readonly string[]]>([
  ["a machine that is not there", { host: "nass" }, ["reference-known", "switch rack", 'port 7 names "nass", and there is no such host']],
  ["a network that is not there", { network: "garage" }, ["reference-known", "switch rack", 'port 7 names "garage", and there is no such network']],
  ["a VLAN that does not exist", { network: "cottage" }, ["vlan-known", "switch rack", "port 7 of rack carries cottage untagged, which has no VLAN"]],
  ["an uplink without a known network", { uplink: "roof", untagged: "tunnel" }, ["vlan-known", "switch rack", "port 7 of rack carries tunnel untagged, which has no VLAN"]],
])("%s is found", (_, port, finding) => {
  expect(withPort(port)).toEqual([finding]);
});

test("two switches with one name are found", () => {
  expect(found(rack!, { ...living!, name: "rack" })).toEqual([["name-unique", "switch rack", '2 switches named "rack"']]);
});

test("two switches with one address, and an address that is none, are found", () => {
  expect(found(rack!, { ...living!, mac: rack!.mac })).toEqual([["switch-port", "switch living room", "rack and living room both have the address AC-15-A2-00-00-01"]]);
  expect(found({ ...rack!, mac: "ac:15" })).toEqual([["switch-port", "switch rack", 'mac = "ac:15"']]);
});
