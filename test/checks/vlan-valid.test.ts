import { vlanValid } from "../../engine/checks/lab/vlan-valid";
import { labOf } from "../lab-of";

const found = (...vlans: readonly number[]) => vlanValid(labOf({ networks: vlans.map((vlan, index) => ({ name: `net-${index}`, cidr: `192.168.${index}.0/24`, vlan })) })).map(({ rule, address }) => [rule, address]);

test.each([0, 4095, 7.5])("VLAN %s is no number that a switch takes", (vlan) => {
  expect(found(vlan)).toEqual([["vlan-known", "network net-0"]]);
});

test("two networks on one VLAN are one network", () => {
  expect(found(20, 20)).toEqual([["vlan-known", "network net-1"]]);
});

test("a VLAN for each network is quiet", () => {
  expect(found(1, 20, 4094)).toEqual([]);
});
