import { addressRange, contains, ipv4Text, spanRange, without } from "../../engine/model/address-range";

/** `192.168.40.200-192.168.40.220` without one of its addresses: two ranges, one, or none. Another's address takes nothing away. */
export function rangesWithout(range: string, address: string): readonly string[] {
  const [whole, taken] = [spanRange(range), addressRange(address)];
  // Of IPv6, nobody takes one away.
  if (range.includes(":") || whole === undefined || taken === undefined || !contains(whole, taken)) return [range];
  return without([whole], [taken]).map(({ first, last }) => `${ipv4Text(first)}-${ipv4Text(last)}`);
}
