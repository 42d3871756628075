import { fieldOf } from "../../model/manifest";
import type { Verdict } from "../change";
import { listAt } from "../list-at";
import { onceApplied } from "./outside-change";

/** What of a rule says whom it lets through. */
const told = ["interface", "direction", "ipprotocol", "protocol", "source_net", "destination_net", "destination_not", "destination_port", "description"];

/** What the router lets through between the lab's networks, and to the internet: infra/router writes passes only. */
export function routerVerdicts(before: unknown, after: unknown): readonly Verdict[] {
  const passes = (it: unknown) => new Map(listAt(it, "rules").filter((rule) => fieldOf(rule, "action") === "pass").map((rule) => [JSON.stringify(told.map((field) => fieldOf(rule, field))), passWords(rule)]));
  const [was, is] = [passes(before), passes(after)];
  const come = [...is].filter(([rule]) => !was.has(rule)).map(([, words]) => words);
  const gone = [...was].filter(([rule]) => !is.has(rule)).map(([, words]) => words);
  return [
    ...(come.length ? [{ effect: "live change" as const, field: "rules", opens: true as const, says: `${onceApplied}: lets through ${come.join("; ")}` }] : []),
    ...(gone.length ? [{ effect: "live change" as const, field: "rules", says: `${onceApplied}: lets through no more ${gone.join("; ")}` }] : []),
  ];
}

const passWords = (rule: unknown): string => {
  const of = (field: string) => String(fieldOf(rule, field) ?? "");
  const port = of("destination_port");
  return `${of("source_net")} to ${of("destination_not") === "1" ? "all but " : ""}${of("destination_net")}${port ? `, ${of("protocol")} ${port}` : ""} (${of("description").replace(/^hearth: /, "")})`;
};

/** Which networks a port of a switch carries: what hangs on it is cut off from those that it carries no more. */
export function switchVerdicts(before: unknown, after: unknown): readonly Verdict[] {
  const vlans = (it: unknown) => new Map(listAt(it, "networks").map((network) => [String(fieldOf(network, "name")), String(fieldOf(network, "vlan"))]));
  const ports = (it: unknown) => new Map(listAt(it, "ports").map((port) => [`port ${String(fieldOf(port, "port"))} of ${String(fieldOf(port, "switch"))} (${String(fieldOf(port, "body", "name"))})`, carried(it, String(fieldOf(port, "profile")))]));
  const renumbered = [...vlans(before)].filter(([name, vlan]) => vlans(after).has(name) && vlans(after).get(name) !== vlan).map(([name]) => name);
  const cut = [...ports(before)].flatMap(([port, networks]) => {
    const left = networks.filter((name) => !(atPort(ports(after), port) ?? []).includes(name));
    return left.length ? [`${port}: ${left.join(", ")}`] : [];
  });
  return [
    ...(renumbered.length ? [{ effect: "outage" as const, field: "networks", says: `once applied, ${renumbered.join(", ")} ${renumbered.length === 1 ? "has" : "have"} another VLAN: machines that still tag with the old one are cut off` }] : []),
    ...(cut.length ? [{ effect: "outage" as const, field: "ports", says: `once applied, ports carry networks no more: ${cut.join("; ")}` }] : []),
  ];
}

/** The same socket, whatever is said to hang on it. */
const atPort = (ports: ReadonlyMap<string, readonly string[]>, port: string): readonly string[] | undefined =>
  [...ports].find(([it]) => it.slice(0, it.indexOf(" (")) === port.slice(0, port.indexOf(" (")))?.[1];

function carried(site: unknown, profile: string): readonly string[] {
  const found = listAt(site, "profiles").find((it) => fieldOf(it, "body", "name") === profile);
  return [String(fieldOf(found, "untagged") ?? ""), ...listAt(found, "tagged").map(String)].filter((name) => name !== "");
}
