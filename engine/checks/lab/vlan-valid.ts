import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { repeated } from "../groups";

/** VLAN numbers that a switch takes, one for each network. 0 and 4095 mean something else: IEEE 802.1Q. */
export const vlanValid = ({ networks }: Lab): readonly Finding[] => {
  const tagged = networks.flatMap(({ name, vlan }) => (vlan === undefined ? [] : [{ name, vlan }]));
  return [
    ...tagged
      .filter(({ vlan }) => !Number.isInteger(vlan) || vlan < 1 || vlan > 4094)
      .map(({ name, vlan }) =>
        error({
          rule: "vlan-known",
          address: `network ${name}`,
          found: `vlan = ${vlan}`,
          expected: "a whole number from 1 to 4094",
          fix: "Choose such a number",
        }),
      ),
    ...repeated(tagged, ({ vlan }) => String(vlan)).map(([vlan, same]) =>
      error({
        rule: "vlan-known",
        address: `network ${same[1]?.name}`,
        found: `${same.map(({ name }) => name).join(" and ")} are both VLAN ${vlan}`,
        expected: "a VLAN for each network",
        fix: "Give all but one another number",
      }),
    ),
  ];
};
