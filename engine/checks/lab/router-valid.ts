import { error, type Finding } from "../../model/finding";
import type { Zone } from "../../model/host-flows";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import { aliasName, longestAliasName, type Router } from "../../model/router";
import { repeated } from "../groups";

/** A router whose interfaces are those of networks that are there: one each, and one for every network that has its way out through it. */
export function routerValid(lab: Lab): readonly Finding[] {
  const { router } = lab;
  return router ? [...names(router, lab), ...interfaces(router, lab), ...aliases(lab)] : [];
}

function names({ interfaces, internet, trunk }: Router, { networks }: Lab): readonly Finding[] {
  const known = networks.map(({ name }) => name);
  const given = [
    ...Object.keys(interfaces).map((name) => ({ at: "interfaces", name, among: known })),
    ...internet.map((name) => ({ at: "internet", name, among: Object.keys(interfaces) })),
    { at: "trunk.untagged", name: trunk.untagged, among: known },
  ];
  return given
    .filter(({ name, among }) => !among.includes(name))
    .map(({ at, name, among }) =>
      finding(
        "reference-known",
        `${at} names "${name}", and there is no such ${among === known ? "network" : "interface"}`,
        `one of: ${among.join(", ")}`,
        nearest(name, among) ? `Write "${nearest(name, among)}"` : `Describe "${name}", or take it out`,
      ),
    );
}

function interfaces({ interfaces: given, wan }: Router, { networks }: Lab): readonly Finding[] {
  return [
    ...networks
      .filter(({ name, vlan, gateway }) => vlan !== undefined && gateway !== undefined && !(name in given))
      .map(({ name, gateway }) =>
        finding(
          "router-interface",
          `no interface for ${name}, whose gateway is ${gateway}`,
          "an interface for each network with a VLAN and a gateway",
          `Add ${name} to its \`interfaces\`, or take the gateway away`,
        ),
      ),
    ...repeated([["the way out", wan] as const, ...Object.entries(given)], ([, on]) => on).map(([on, same]) =>
      finding(
        "router-interface",
        `${same.map(([network]) => network).join(" and ")} share the interface ${on}`,
        "one each",
        "Copy the names from OPNsense, Interfaces → Assignments",
      ),
    ),
  ];
}

function aliases({ clusters, hosts, externals }: Lab): readonly Finding[] {
  const zones: readonly Zone[] = [
    ...clusters.map(({ name }) => ({ kind: "control-plane" as const, cluster: name })),
    ...hosts.map(({ name }) => ({ kind: "host" as const, name })),
    ...externals.map(({ name }) => ({ kind: "external" as const, name })),
  ];
  return zones
    .filter((zone) => aliasName(zone).length > longestAliasName)
    .map((zone) => {
      const name = "cluster" in zone ? zone.cluster : "name" in zone ? zone.name : "";
      const room = longestAliasName - (aliasName(zone).length - name.length);
      return finding("router-interface", `${name}, whose alias would be ${aliasName(zone)}`, `at most ${room} characters`, "Shorten the name");
    });
}

const finding = (rule: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address: "router", found, expected, fix });
