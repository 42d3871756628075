import type { Rule } from "../change";
import { textsAt } from "../list-at";

/** Addresses that MetalLB gives away. https://metallb.io/configuration/ */
export const addressPool: Rule = {
  name: "address-pool",
  judge: ({ kind, before, after, fate }) => {
    if (kind !== "IPAddressPool" || fate !== "apply" || !before || !after) return [];
    const gone = textsAt(before, "spec", "addresses").filter((range) => !textsAt(after, "spec", "addresses").includes(range));
    return gone.length ? [{ effect: "outage", field: "spec.addresses", says: `${gone.join(", ")} ${gone.length === 1 ? "is" : "are"} no longer its own: a Service keeps its address only where another range has it, and names and routers that know the old one lead nowhere` }] : [];
  },
};
