import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import type { WireGuard, WireGuardMember } from "../../model/wireguard";
import { repeated } from "../groups";

/** A private network whose members know each other: each with a key and a name of its own. Their addresses stand in the plan of all others. */
export function wireguardValid(lab: Lab): readonly Finding[] {
  const { wireguard } = lab;
  if (!wireguard) return [];
  return [...wholeFindings(wireguard, lab), ...wireguard.members.flatMap((member) => memberFindings(member, lab))];
}

function wholeFindings({ members, hub, network, port }: WireGuard, lab: Lab): readonly Finding[] {
  const names = members.map(({ name }) => name);
  const networks = lab.networks.map(({ name }) => name);
  return [
    ...(names.includes(hub) ? [] : [unknown("hub", hub, "member", names)]),
    ...(networks.includes(network) ? [] : [unknown("network", network, "network", networks)]),
    ...(Number.isInteger(port) && port > 0 && port < 65536
      ? []
      : [finding(`port ${port}`, "a port from 1 to 65535", "Choose such a port; 51820 is the usual one")]),
    ...(["name", "publicKey"] as const).flatMap((field) =>
      repeated(members, (member) => member[field]).map(([value, same]) =>
        finding(`${same.length} members with the ${field} ${value}`, "one each", `Give all but one another ${field}`),
      ),
    ),
    // The last peer that says it takes an address from the one before: https://www.wireguard.com/#cryptokey-routing
    ...repeated(members.flatMap(({ name, behind = [] }) => behind.map((it) => ({ name, behind: it }))), (it) => it.behind).map(([behind, same]) =>
      finding(`${behind} behind ${same.map(({ name }) => name).join(" and ")}`, "one way to each network", `Take ${behind} away from all but one`),
    ),
  ];
}

function memberFindings(
  { name, publicKey, behind = [], host }: WireGuardMember,
  lab: Lab,
): readonly Finding[] {
  const networks = lab.networks.map((it) => it.name);
  const hosts = lab.hosts.map((it) => it.name);
  return [
    // 32 bytes in base64: https://www.wireguard.com/protocol/
    ...(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(publicKey)
      ? []
      : [finding(`${name}'s public key ${JSON.stringify(publicKey)}`, "44 characters as `wg pubkey` prints them", "Copy it again")]),
    ...behind.filter((it) => !networks.includes(it)).map((it) => unknown(`${name}.behind`, it, "network", networks)),
    ...(host === undefined || hosts.includes(host) ? [] : [unknown(`${name}.host`, host, "host", hosts)]),
  ];
}

const unknown = (at: string, given: string, noun: string, known: readonly string[]): Finding =>
  finding(
    `${at} names "${given}", and there is no such ${noun}`,
    `one of: ${known.join(", ")}`,
    nearest(given, known) ? `Write "${nearest(given, known)}"` : `Describe "${given}"`,
  );

const finding = (found: string, expected: string, fix: string): Finding =>
  error({ rule: "wireguard-valid", address: "wireguard", found, expected, fix });
