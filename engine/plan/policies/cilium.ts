import { plainSelector } from "../../model/cilium-selector";
import { fieldOf } from "../../model/manifest";
import { listAt } from "../list-at";
import { blockWords, portWords, type SelectorWords } from "./labels";
import type { Language } from "./language";

/** Cilium's own: its rules close a direction, and one without peers and ports lets nothing through. */
export const cilium: Language = {
  selector: "endpointSelector",
  flows: (policy, { field, peers }, words) =>
    listAt(policy, "spec", field).flatMap((rule) => {
      const ports = listAt(rule, "toPorts").flatMap((it) => listAt(it, "ports").map((port) => portWords(port, "any protocol")));
      const named = Object.keys(rule ?? {}).some((key) => key.startsWith(peers) && key !== "toPorts");
      const whom = named ? peersOf(rule, peers, words) : ports.length ? ["everybody"] : [];
      return whom.flatMap((peer) => (ports.length ? ports : ["every port"]).map((port) => `${peer}, ${port}`));
    }),
  closing: "spec",
  closes: (policy) => [...(listAt(policy, "spec", "ingress").length ? ["Ingress"] : []), ...(listAt(policy, "spec", "egress").length ? ["Egress"] : [])],
};

const peersOf = (rule: unknown, side: string, words: SelectorWords): readonly string[] => [
  ...listAt(rule, `${side}Endpoints`).map((selector) => podWords(selector, words)),
  ...listAt(rule, `${side}Entities`).map(String),
  ...listAt(rule, `${side}CIDR`).map(String),
  ...listAt(rule, `${side}CIDRSet`).map(blockWords),
  ...listAt(rule, `${side}FQDNs`).map((name) => String(fieldOf(name, "matchName") ?? fieldOf(name, "matchPattern"))),
];

function podWords(selector: unknown, words: SelectorWords): string {
  const { matchLabels: { "io.kubernetes.pod.namespace": namespace, ...matchLabels }, matchExpressions } = plainSelector(selector);
  return `pods ${words({ matchLabels, matchExpressions })}${namespace === undefined ? "" : ` in namespace ${String(namespace)}`}`;
}
