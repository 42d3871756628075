import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { addressRange, cidrRange, contains, spanRange } from "../../model/address-range";
import { staticAddresses } from "./static-address";

/** The first address of an IPv4 network is its own name and the last one calls everybody: neither can be anyone's, nor in a pool. */
export function addressUsable(lab: Lab): readonly Finding[] {
  const networks = lab.networks.flatMap(({ name, cidr }) => {
    const range = cidr.includes(":") ? undefined : cidrRange(cidr);
    // In a /31 and a /32 there is nothing but hosts: RFC 3021.
    return range && range.last - range.first > 1n ? [{ name, cidr, range }] : [];
  });
  return staticAddresses(lab).flatMap(({ address, what, text, range: isRange }) => {
    const own = isRange ? spanRange(text) : addressRange(text);
    const home = own && networks.find(({ range }) => contains(range, own));
    if (!own || !home || (own.first !== home.range.first && own.last !== home.range.last)) return [];
    return [
      error({
        rule: "address-usable",
        address,
        found: `${what} (${text}) takes the ${own.first === home.range.first ? "first" : "last"} address of network ${home.name}, ${home.cidr}`,
        expected: "addresses between the first, which names the network, and the last, which is broadcast",
        fix: "Choose another address",
      }),
    ];
  });
}
