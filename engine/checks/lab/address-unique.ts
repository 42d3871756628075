import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { addressRange, overlapping, spanRange, type AddressRange } from "../../model/address-range";
import { repeated } from "../groups";
import { staticAddresses, type StaticAddress } from "./static-address";

type Placed = StaticAddress & AddressRange;

/**
 * No address belongs to two. An ingress is one of its own pool's, and an external is a service on something that may be a host
 * or a gateway itself: everything else is a collision.
 */
export function addressUnique(lab: Lab): readonly Finding[] {
  const all = staticAddresses(lab).flatMap((it): Placed[] => {
    const range = it.range ? spanRange(it.text) : addressRange(it.text);
    return range ? [{ ...it, ...range }] : [];
  });
  const single = all.filter((it) => !it.range);
  const pools = all.filter((it) => it.range);
  return [
    ...repeated(
      single.filter((it) => !isExternal(it)),
      ({ first }) => String(first),
    ).map(([, same]) => twice(same)),
    ...repeated(lab.externals, ({ address, port }) => `${address}:${port}`).map(([, same]) =>
      twice(same.map(({ name, address, port }) => ({ address: `external ${name}`, what: `external ${name}`, text: `${address}:${port}` }))),
    ),
    ...overlapping(pools).map(([one, other]) => poolsClash(one, other)),
    ...inPools(single, pools),
  ];
}

const isExternal = ({ address }: StaticAddress): boolean => address.startsWith("external ");

/** What stands in a pool must be the ingress of its own cluster. Pools come first, so that they cover what starts where they do. */
const inPools = (single: readonly Placed[], pools: readonly Placed[]): readonly Finding[] =>
  overlapping([...pools, ...single])
    .filter(([pool, it]) => pool.range && !it.range && !(it.address === pool.address && it.what.startsWith("the ingress")))
    .map(([pool, it]) => inPool(it, pool));

const twice = (same: readonly StaticAddress[]): Finding =>
  error({
    rule: "address-unique",
    address: same[1]?.address ?? "lab",
    found: `${same[0]?.text} belongs to ${[...new Set(same.map(({ what }) => what))].join(" and ")}`,
    expected: "one owner for each address",
    fix: "Give all but one another address",
  });

const poolsClash = (one: Placed, other: Placed): Finding =>
  error({
    rule: "pool-overlap",
    address: other.address,
    found: `${other.what} of ${other.address} (${other.text}) and ${one.what} of ${one.address} (${one.text}) share addresses`,
    expected: "pools that do not overlap: two clusters would answer for one address",
    fix: "Shrink or move one of them",
  });

const inPool = (it: Placed, pool: Placed): Finding =>
  error({
    rule: "address-unique",
    address: it.address,
    found: `${it.what} (${it.text}) stands in ${pool.what} of ${pool.address} (${pool.text}), which hands it out as well`,
    expected: "addresses outside every pool",
    fix: `Move ${it.what}, or shrink the pool`,
  });
