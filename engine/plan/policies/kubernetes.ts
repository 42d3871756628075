import { fieldOf, type Manifest } from "../../model/manifest";
import { listAt } from "../list-at";
import { blockWords, portWords, type SelectorWords } from "./labels";
import type { Language } from "./language";

/** Kubernetes' own NetworkPolicy. */
export const kubernetes: Language = {
  selector: "podSelector",
  flows: (policy, { field, peers }, words) =>
    listAt(policy, "spec", field).flatMap((rule) => {
      const whom = listAt(rule, peers).map((peer) => peerOf(peer, words));
      const ports = listAt(rule, "ports").map((port) => portWords(port, "TCP"));
      return (whom.length ? whom : ["everybody"]).flatMap((peer) => (ports.length ? ports : ["every port"]).map((port) => `${peer}, ${port}`));
    }),
  closing: "spec.policyTypes",
  closes,
};

function peerOf(peer: unknown, words: SelectorWords): string {
  const block = fieldOf(peer, "ipBlock");
  if (block !== undefined) return blockWords(block);
  const [pods, namespaces] = [fieldOf(peer, "podSelector"), fieldOf(peer, "namespaceSelector")];
  return [pods === undefined ? "all pods" : `pods ${words(pods)}`, ...(namespaces === undefined ? [] : [`in namespaces ${words(namespaces)}`])].join(" ");
}

function closes(policy: Manifest): readonly string[] {
  const said = listAt(policy, "spec", "policyTypes").map(String);
  return said.length ? said : ["Ingress", ...(fieldOf(policy, "spec", "egress") === undefined ? [] : ["Egress"])];
}
