import type { HostFlow, Zone } from "../../engine/model/host-flows";
import { hostFlows } from "../../engine/model/host-flows";
import type { Lab } from "../../engine/model/lab";
import type { World } from "../../engine/model/resolve";
import { aliasName, interfaceOf, type Router } from "../../engine/model/router";
import { addressesOf } from "../../engine/model/zone";
import { privateAlias } from "./aliases";
import { networkHolding } from "./network-holding";
import { stableUuid } from "./stable-uuid";

/** One rule of OPNsense's Firewall/Filter model; what is left out is at its default. */
export interface Rule {
  readonly interface: string;
  readonly protocol: "TCP" | "UDP" | "TCP/UDP" | "any";
  readonly source_net: string;
  readonly destination_net: string;
  readonly destination_not: "0" | "1";
  readonly destination_port: string;
  readonly description: string;
}

/** What the router lets pass: what the lab has declared between its networks, its own services, and the way out. The rest it drops. */
export const rules = (world: World, router: Router): readonly Rule[] => [
  ...hostFlows(world).flatMap((flow) => crossing(flow, world.lab, router)),
  ...ownServices(world.lab, router),
  ...wayOut(router),
];

/** Zones that rules name. */
export const zonesIn = (world: World, router: Router): readonly Zone[] =>
  hostFlows(world)
    .filter((flow) => crossing(flow, world.lab, router).length > 0)
    .flatMap(({ from, to }) => [from, to])
    .filter(({ kind }) => kind !== "internet");

/** A rule on each interface that a flow comes in on. What stays in its network never meets the router. */
function crossing(flow: HostFlow, lab: Lab, router: Router): readonly Rule[] {
  const { from, to, ports, protocol, because } = flow;
  const rule = (on: string, source_net: string): Rule => ({
    interface: on,
    protocol,
    source_net,
    destination_net: aliasName(to),
    destination_not: "0",
    destination_port: ports,
    description: because,
  });
  if (from.kind === "internet") return [rule(router.wan, "any")];
  const targets = new Set(addressesOf(to, lab).map((address) => networkHolding(address, lab)?.name));
  const interfaces = addressesOf(from, lab).flatMap((address) => {
    const network = networkHolding(address, lab);
    const on = network && interfaceOf(network, router, lab);
    return on !== undefined && [...targets].some((name) => name !== network?.name) ? [on] : [];
  });
  return [...new Set(interfaces)].sort().map((on) => rule(on, aliasName(from)));
}

/** The router answers names and time for everybody, its own pages for managers, and the tunnel for the world. */
function ownServices(lab: Lab, { wan, interfaces }: Router): readonly Rule[] {
  const itself = { destination_net: "(self)", destination_not: "0" } as const;
  const managing = lab.networks.filter(({ name, manages }) => manages && name in interfaces).map(({ name }) => interfaces[name] ?? "");
  return [
    ...[...new Set(Object.values(interfaces))].sort().flatMap((on): readonly Rule[] => [
      { interface: on, protocol: "TCP/UDP", source_net: "any", ...itself, destination_port: "53", description: "names" },
      { interface: on, protocol: "UDP", source_net: "any", ...itself, destination_port: "123", description: "time" },
    ]),
    ...managing.flatMap((on): readonly Rule[] =>
      ["22", "443"].map((port) => ({ interface: on, protocol: "TCP", source_net: on, ...itself, destination_port: port, description: "managing the router" })),
    ),
    ...(lab.wireguard
      ? [
          {
            interface: wan,
            protocol: "UDP" as const,
            source_net: "any",
            ...itself,
            destination_port: String(lab.wireguard.port),
            description: "WireGuard",
          },
        ]
      : []),
  ];
}

const wayOut = ({ interfaces, internet }: Router): readonly Rule[] =>
  internet.map((network) => ({
    interface: interfaces[network] ?? "",
    protocol: "any",
    source_net: interfaces[network] ?? "",
    destination_net: privateAlias,
    destination_not: "1",
    destination_port: "",
    description: "the internet",
  }));

/**
 * Rules as its import takes them, a column for each field. One whose meaning is the same keeps its id, and is replaced; the
 * order is the lab's.
 */
export const ruleRecords = (all: readonly Rule[]): readonly Readonly<Record<string, string>>[] =>
  all.map((rule, index) => {
    const { description, ...meaning } = rule;
    return {
      "@uuid": stableUuid(`rule ${JSON.stringify(meaning)}`),
      enabled: "1",
      sequence: String(1000 + 10 * index),
      action: "pass",
      quick: "1",
      direction: "in",
      ipprotocol: "inet",
      ...meaning,
      description: `hearth: ${description}`,
    };
  });
