import ipaddr from "ipaddr.js";
import { addressRange, cidrRange, ipv4Text, spanRange, without, type AddressRange } from "../../model/address-range";
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

/** IPv4, which is all that the lab's networks have. */
const runsOf = (pool: unknown): readonly AddressRange[] => textsAt(pool, "spec", "addresses").flatMap((text) => (text.includes(":") ? [] : (runOf(text) ?? [])));

/** `192.0.2.10-192.0.2.20`, `192.0.2.10`, or `192.0.2.0/24`, which MetalLB reads as the network of any of its addresses. */
const runOf = (text: string): AddressRange | undefined => (ipaddr.IPv4.isValidCIDR(text) ? cidrRange(`${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${text.split("/")[1] ?? ""}`) : (spanRange(text) ?? addressRange(text)));

const wordsOf = ({ first, last }: AddressRange): string => (first === last ? ipv4Text(first) : `${ipv4Text(first)}-${ipv4Text(last)}`);

const isOne = (runs: readonly AddressRange[]): boolean => runs.length === 1 && runs[0]?.first === runs[0]?.last;
