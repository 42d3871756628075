import fc from "fast-check";
import { addressRange, cidrRange, contains, ipv4Text, overlapping, overlaps, spanRange, without } from "../../engine/model/address-range";

const dotted = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
const address = fc.nat({ max: 2 ** 32 - 1 }).map(dotted);
const span = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 6 })).map(([first, length]) => ({ first: BigInt(first), last: BigInt(first + length) }));

test("a network holds exactly the addresses that share its prefix", () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 32 - 1 }), fc.nat({ max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 32 }), (base, other, prefix) => {
      const mask = (number: number) => Math.floor(number / 2 ** (32 - prefix));
      const network = cidrRange(`${dotted(mask(base) * 2 ** (32 - prefix))}/${prefix}`)!;
      expect(contains(network, addressRange(dotted(other))!)).toBe(mask(base) === mask(other));
    }),
  );
});

test("one pass finds every range that overlaps an earlier one, as comparing all with all does", () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), (ranges) => {
      const sorted = [...ranges].sort((a, b) => Number(a.first - b.first));
      const slow = sorted.filter((range, index) => sorted.slice(0, index).some((earlier) => overlaps(earlier, range)));
      expect(overlapping(ranges).map(([, later]) => later)).toEqual(slow);
      expect(overlapping(ranges).every(([a, b]) => overlaps(a, b))).toBe(true);
    }),
  );
});

test("a range of two addresses runs forwards or is none", () => {
  fc.assert(
    fc.property(address, address, (from, to) =>
      expect(spanRange(`${from}-${to}`) !== undefined).toBe(addressRange(from)!.first <= addressRange(to)!.first),
    ),
  );
});

test("what is no address is none: octal, hexadecimal and shortened forms are refused, not guessed", () => {
  for (const text of ["010.0.0.1", "0x7f.0.0.1", "10.1", "256.0.0.1", "1.2.3.4.5", "", "one"]) expect(addressRange(text)).toBeUndefined();
  for (const text of ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.1/8", "fd00::1/64"]) expect(cidrRange(text)).toBeUndefined();
  expect(cidrRange("fd00::/64")).toBeDefined();
});

test("what is without others is exactly the addresses that none of them has", () => {
  const has = (ranges: readonly { readonly first: bigint; readonly last: bigint }[], number: bigint) => ranges.some(({ first, last }) => first <= number && number <= last);
  fc.assert(
    fc.property(fc.array(span, { maxLength: 3 }), fc.array(span, { maxLength: 4 }), (ranges, others) => {
      const left = without(ranges, others);
      expect(left.every(({ first, last }) => first <= last)).toBe(true);
      for (let number = 0n; number < 70n; number++) expect(has(left, number)).toBe(has(ranges, number) && !has(others, number));
    }),
  );
});

test("an address is written as it was read", () => {
  fc.assert(fc.property(address, (text) => expect(ipv4Text(addressRange(text)!.first)).toBe(text)));
});
