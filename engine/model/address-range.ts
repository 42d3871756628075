import ipaddr from "ipaddr.js";

/** A run of addresses as numbers; IPv4 is mapped into IPv6, so that any two can be compared. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** One address: `192.168.40.10`. Undefined where the text is none; shortened and octal forms are none. */
export function addressRange(text: string): AddressRange | undefined {
  const number = numberOf(text);
  return number === undefined ? undefined : { first: number, last: number };
}

/** Every address of a CIDR: `192.168.40.0/24`. Undefined where it is malformed, or names a host instead of a network. */
export function cidrRange(text: string): AddressRange | undefined {
  const [base = "", prefix = "", ...rest] = text.split("/");
  const first = numberOf(base);
  const bits = ipaddr.IPv4.isValidFourPartDecimal(base) ? 32 : 128;
  if (first === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return undefined;
  const size = 1n << BigInt(bits - Number(prefix));
  return first % size === 0n ? { first, last: first + size - 1n } : undefined;
}

/** A range as the lab writes it: `192.168.40.200-192.168.40.220`. Undefined where it is malformed or runs backwards. */
export function spanRange(text: string): AddressRange | undefined {
  const [from = "", to = "", ...rest] = text.split("-").map((part) => part.trim());
  const first = numberOf(from);
  const last = numberOf(to);
  return first === undefined || last === undefined || rest.length > 0 || last < first ? undefined : { first, last };
}

export const contains = (outer: AddressRange, inner: AddressRange): boolean => outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (a: AddressRange, b: AddressRange): boolean => a.first <= b.last && b.first <= a.last;

/** What of some ranges is in none of the others. */
export const without = (ranges: readonly AddressRange[], others: readonly AddressRange[]): readonly AddressRange[] =>
  others.reduce<readonly AddressRange[]>((left, other) => left.flatMap((range) => outside(range, other)), ranges);

function outside({ first, last }: AddressRange, other: AddressRange): readonly AddressRange[] {
  const before = { first, last: last < other.first ? last : other.first - 1n };
  const after = { first: first > other.last ? first : other.last + 1n, last };
  return [before, after].filter((it) => it.first <= it.last);
}

/** An IPv4 address as it is written. */
export const ipv4Text = (address: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");

/** Each range that overlaps an earlier-starting one, with the one it overlaps. Sorted once, so that many ranges stay cheap. */
export function overlapping<T extends AddressRange>(ranges: readonly T[]): readonly (readonly [T, T])[] {
  const pairs: (readonly [T, T])[] = [];
  let reach: T | undefined;
  for (const range of [...ranges].sort(byFirst)) {
    if (reach && range.first <= reach.last) pairs.push([reach, range]);
    if (!reach || range.last > reach.last) reach = range;
  }
  return pairs;
}

const byFirst = (a: AddressRange, b: AddressRange): number => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0);

function numberOf(text: string): bigint | undefined {
  const address = ipaddr.IPv4.isValidFourPartDecimal(text)
    ? ipaddr.IPv4.parse(text).toIPv4MappedAddress()
    : ipaddr.IPv6.isValid(text)
      ? ipaddr.IPv6.parse(text)
      : undefined;
  return address && BigInt(`0x${Buffer.from(address.toByteArray()).toString("hex")}`);
}
