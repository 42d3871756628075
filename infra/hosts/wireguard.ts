import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import type { WireGuard, WireGuardMember } from "../../engine/model/wireguard";

/** Which member a host of the lab is. */
export const memberOf = ({ name }: Host, { wireguard }: Lab): WireGuardMember | undefined =>
  wireguard?.members.find(({ host }) => host === name);

/**
 * A member's configuration for wg-quick, without the one thing that is secret: its private key lies beside, made where it is
 * used. https://man7.org/linux/man-pages/man8/wg-quick.8.html
 */
export function wireguardConfig(member: WireGuardMember, wireguard: WireGuard, lab: Lab): string {
  const isHub = member.name === wireguard.hub;
  const peers = isHub
    ? wireguard.members.filter(({ name }) => name !== member.name)
    : wireguard.members.filter(({ name }) => name === wireguard.hub);
  return [
    "[Interface]",
    `Address = ${member.address}/${isHub ? prefixOf(wireguard, lab) : "32"}`,
    ...(isHub ? [`ListenPort = ${wireguard.port}`] : []),
    "PostUp = wg set %i private-key /etc/wireguard/%i.key",
    ...peers.flatMap((peer) => [
      "",
      `# ${peer.name}`,
      "[Peer]",
      `PublicKey = ${peer.publicKey}`,
      `AllowedIPs = ${(isHub ? ownOf(peer, lab) : labBehind(wireguard, member, lab)).join(", ")}`,
      ...(isHub ? [] : dialling(wireguard)),
    ]),
    "",
  ].join("\n");
}

/** Whoever stands behind a router must speak first, and keep speaking, or answers find no way in. */
const dialling = ({ endpoint, port }: WireGuard): readonly string[] => [`Endpoint = ${endpoint}:${port}`, "PersistentKeepalive = 25"];

const ownOf = ({ address, behind = [] }: WireGuardMember, lab: Lab): readonly string[] => [
  `${address}/32`,
  ...behind.map((name) => cidrOf(name, lab)),
];

/** What lies beyond the hub, as a member sees it: the tunnel, and every network that is not its own or another member's. */
function labBehind({ network, members }: WireGuard, { behind = [] }: WireGuardMember, lab: Lab): readonly string[] {
  const elsewhere = new Set(behind);
  const reached = lab.networks.filter(({ name }) => !elsewhere.has(name)).map(({ cidr }) => cidr);
  const others = members
    .flatMap((member) => member.behind ?? [])
    .filter((name) => !elsewhere.has(name))
    .map((name) => cidrOf(name, lab));
  return [...new Set([cidrOf(network, lab), ...reached, ...others])].sort();
}

export function cidrOf(name: string, { networks }: Pick<Lab, "networks">): string {
  const network = networks.find((it) => it.name === name);
  if (!network) throw new Error(`there is no network ${name}`);
  return network.cidr;
}

const prefixOf = ({ network }: WireGuard, lab: Lab): string => cidrOf(network, lab).split("/")[1] ?? "32";
