import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import { networksOn, type Switch, type SwitchPort } from "../../model/switches";
import { repeated } from "../groups";

/** Switch ports that lead to something of the lab, each network on them with a VLAN. */
export function switchValid(lab: Lab): readonly Finding[] {
  const switches = lab.omada?.switches ?? [];
  return [
    ...repeated(switches, ({ mac }) => mac).map(([mac, same]) =>
      finding(same[1]?.name ?? "", "switch-port", `${same.map(({ name }) => name).join(" and ")} both have the address ${mac}`, "one each", "Copy it from the controller"),
    ),
    ...repeated(switches, ({ name }) => name).map(([name, same]) => finding(name, "name-unique", `${same.length} switches named "${name}"`, "one switch of that name", "Rename all but one")),
    ...switches.filter(({ mac }) => !/^([0-9A-F]{2}-){5}[0-9A-F]{2}$/.test(mac)).map(({ name, mac }) =>
      finding(name, "switch-port", `mac = ${JSON.stringify(mac)}`, "six pairs with dashes, as AC-15-A2-00-00-01", "Copy it from the controller"),
    ),
    ...switches.flatMap((it) => Object.entries(it.ports).flatMap(([port, use]) => portFindings(it, port, use, lab))),
  ];
}

function portFindings({ name }: Switch, port: string, use: SwitchPort, lab: Lab): readonly Finding[] {
  const at = `port ${port} of ${name}`;
  const noun = "host" in use ? "host" : "network";
  const given = "host" in use ? use.host : "network" in use ? use.network : use.untagged;
  const known = (noun === "host" ? lab.hosts : lab.networks).map((it) => it.name);
  if (!known.includes(given))
    return [
      finding(
        name,
        "reference-known",
        `port ${port} names "${given}", and there is no such ${noun}`,
        `one of: ${known.join(", ")}`,
        nearest(given, known) ? `Write "${nearest(given, known)}"` : `Describe "${given}"`,
      ),
    ];
  const { untagged } = networksOn(use, lab);
  if (lab.networks.find((it) => it.name === untagged)?.vlan !== undefined) return [];
  return [
    finding(name, "vlan-known", `${at} carries ${untagged} untagged, which has no VLAN`, "a network with a VLAN", `Give ${untagged} a \`vlan\`, or plug it in elsewhere`),
  ];
}

const finding = (name: string, rule: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address: `switch ${name}`, found, expected, fix });
