import type { Zone } from "./host-flows";
import type { Lab } from "./lab";
import type { Network } from "./network";
import { zoneName } from "./zone";

/** The OPNsense between the lab's networks: each network with a leg on it can be left only through what it lets pass. */
export interface Router {
  /** Its web interface and API: `https://router.hearth.example`. */
  readonly endpoint: string;
  /** The device whose cable carries every VLAN, `igb1`, and the network that it carries without a tag. */
  readonly trunk: { readonly device: string; readonly untagged: string };
  /** OPNsense's own name for the interface that leads out. */
  readonly wan: string;
  /** OPNsense's own name for each network's interface: `opt1`; `wireguard` is the group of all tunnels. */
  readonly interfaces: Readonly<Record<string, string>>;
  /** Networks from which the internet may be called. */
  readonly internet: readonly string[];
}

/** The interface that a network's packets come in on. What lies behind another member of the tunnel comes out of the tunnel. */
export function interfaceOf({ name }: Network, router: Router, { wireguard }: Lab): string | undefined {
  const behind = wireguard?.members.some((member) => member.name !== wireguard.hub && member.behind?.includes(name));
  return router.interfaces[behind ? (wireguard?.network ?? "") : name];
}

/** What its rules call a set of addresses. OPNsense takes letters, digits and underscores, at most 31: AliasNameField.php. */
export const aliasName = (zone: Zone): string => `h_${zoneName(zone).replaceAll("-", "_")}`;

export const longestAliasName = 31;
