import { fieldOf, type Manifest } from "../../model/manifest";
import { listAt } from "../list-at";
import { blockWords, labelWords, portWords } from "./labels";
import type { Language } from "./language";

/** Kubernetes' own NetworkPolicy. */
export const kubernetes: Language = {
  selector: "podSelector",
  flows: (policy, { field, peers }) =>
    listAt(policy, "spec", field).flatMap((rule) => {
      const whom = listAt(rule, peers).map(peerOf);
      const ports = listAt(rule, "ports").map((port) => portWords(port, "TCP"));
      return (whom.length ? whom : ["everybody"]).flatMap((peer) => (ports.length ? ports : ["every port"]).map((port) => `${peer}, ${port}`));
    }),
  closing: "spec.policyTypes",
  closes,
};

function peerOf(peer: unknown): string {
  const block = fieldOf(peer, "ipBlock");
  if (block !== undefined) return blockWords(block);
  const [pods, namespaces] = [fieldOf(peer, "podSelector"), fieldOf(peer, "namespaceSelector")];
  return [pods === undefined ? "all pods" : `pods ${labelWords(pods)}`, ...(namespaces === undefined ? [] : [`in namespaces ${labelWords(namespaces)}`])].join(" ");
}

function closes(policy: Manifest): readonly string[] {
  const said = listAt(policy, "spec", "policyTypes").map(String);
  return said.length ? said : ["Ingress", ...(fieldOf(policy, "spec", "egress") === undefined ? [] : ["Egress"])];
}
