/** `192.168.40.200-192.168.40.220` without one of its addresses: two ranges, one, or none. Another's address takes nothing away. */
export function rangesWithout(range: string, address: string): readonly string[] {
  const [first, last] = range.split("-").map((end) => numberOf(end.trim()));
  const taken = numberOf(address);
  if (first === undefined || last === undefined || taken === undefined || taken < first || taken > last) return [range];
  const parts: readonly (readonly [number, number])[] = [[first, taken - 1], [taken + 1, last]];
  return parts.filter(([from, to]) => from <= to).map(([from, to]) => `${dotted(from)}-${dotted(to)}`);
}

/** An IPv4 address as a number, so that ranges can be compared; anything else is none. */
function numberOf(address: string): number | undefined {
  const bytes = address.split(".").map(Number);
  return bytes.length === 4 && bytes.every((byte) => Number.isInteger(byte)) ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : undefined;
}

const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
