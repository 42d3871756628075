import ipaddr from "ipaddr.js";
import type { Rule, Verdict } from "../change";
import { textsAt } from "../list-at";

/** Addresses that MetalLB gives away; a Service keeps the one that it has as long as any pool has it. https://metallb.io/configuration/ */
export const addressPool: Rule = {
  name: "address-pool",
  judge: ({ kind, before, after, fate, cluster }, context) => {
    if (kind !== "IPAddressPool" || fate !== "apply" || !before || !after) return [];
    const gone = without(runsOf(before), runsOf(after));
    if (gone.length === 0) return [];
    const others = context.after.objectsOn(cluster).filter(({ manifest }) => manifest.kind === "IPAddressPool" && manifest.metadata.name !== after.metadata.name).flatMap(({ manifest }) => runsOf(manifest));
    const lost = without(gone, others);
    const verdict: Verdict = lost.length
      ? { effect: "outage", field: "spec.addresses", says: `no pool has ${lost.map(wordsOf).join(", ")} any more: a Service that has one gets another, and names and routers that know the old one lead nowhere` }
      : { effect: "live change", field: "spec.addresses", says: `${gone.map(wordsOf).join(", ")} ${isOne(gone) ? "belongs" : "belong"} to another pool from now on` };
    return [verdict];
  },
};

/** Addresses from first to last, as numbers: IPv4, which is all that the lab's networks have. */
interface Run {
  readonly first: number;
  readonly last: number;
}

const runsOf = (pool: unknown): readonly Run[] => textsAt(pool, "spec", "addresses").flatMap(runOf);

/** `192.0.2.10-192.0.2.20`, or `192.0.2.0/24`. */
function runOf(text: string): readonly Run[] {
  const [from = "", to = from] = text.split("-").map((part) => part.trim());
  if (ipaddr.IPv4.isValidFourPartDecimal(from) && ipaddr.IPv4.isValidFourPartDecimal(to)) return [{ first: numberOf(from), last: numberOf(to) }];
  if (!ipaddr.IPv4.isValidCIDR(text)) return [];
  const [base, bits] = ipaddr.IPv4.parseCIDR(text);
  const first = numberOf(ipaddr.IPv4.networkAddressFromCIDR(`${base.toString()}/${bits}`).toString());
  return [{ first, last: first + 2 ** (32 - bits) - 1 }];
}

const numberOf = (address: string): number => ipaddr.IPv4.parse(address).octets.reduce((sum, octet) => sum * 256 + octet, 0);

const textOf = (number: number): string => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");

const wordsOf = ({ first, last }: Run): string => (first === last ? textOf(first) : `${textOf(first)}-${textOf(last)}`);

const isOne = (runs: readonly Run[]): boolean => runs.length === 1 && runs[0]?.first === runs[0]?.last;

/** What of the first runs is in none of the others. */
const without = (runs: readonly Run[], others: readonly Run[]): readonly Run[] =>
  others.reduce<readonly Run[]>((left, { first, last }) => left.flatMap((run) => [...(run.first < first ? [{ first: run.first, last: Math.min(run.last, first - 1) }] : []), ...(run.last > last ? [{ first: Math.max(run.first, last + 1), last: run.last }] : [])]), runs);
