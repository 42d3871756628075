import ipaddr from "ipaddr.js";
import type { Lab } from "../../engine/model/lab";
import type { Network } from "../../engine/model/network";

/** The lab's network that an address stands in; of a network or a range, the one that its first address stands in. */
export function networkHolding(address: string, { networks }: Lab): Network | undefined {
  const first = address.split(/[/-]/)[0] ?? "";
  if (!ipaddr.IPv4.isValidFourPartDecimal(first)) return undefined;
  return networks.find(({ cidr }) => ipaddr.IPv4.parse(first).match(ipaddr.IPv4.parseCIDR(cidr)));
}
