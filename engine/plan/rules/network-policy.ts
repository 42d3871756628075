import { fieldOf, type Manifest } from "../../model/manifest";
import type { Context, ObjectChange, Rule, Verdict } from "../change";
import { listAt } from "../list-at";

const directions = [
  { field: "ingress", peers: "from", type: "Ingress", word: "in" },
  { field: "egress", peers: "to", type: "Egress", word: "out" },
] as const;

/** What pods may talk to. Policies only ever allow: the first that selects a pod closes it, each one more opens it. */
export const networkPolicy: Rule = {
  name: "network-policy",
  judge: (change, context) => {
    const { kind, before, after, fate } = change;
    if (kind !== "NetworkPolicy" || fate === "leave" || fate === "replace") return [];
    if (!after) return before ? gone(change, context, before) : [];
    const widened = directions.flatMap(({ field, peers, word }) => {
      const [was, is] = [before, after].map((it) => flows(it, field, peers));
      const [more, less] = [is!.filter((flow) => !was!.includes(flow)), was!.filter((flow) => !is!.includes(flow))];
      return [
        ...(more.length ? [{ effect: "live change" as const, field: `spec.${field}`, opens: true as const, says: `opens ${word}: ${more.join("; ")}` }] : []),
        ...(less.length ? [{ effect: "live change" as const, field: `spec.${field}`, says: `closes ${word}: ${less.join("; ")}` }] : []),
      ];
    });
    return [...widened, ...isolation(before, after)];
  },
};

/** One line for each peer and port that a policy allows. */
function flows(policy: Manifest | undefined, field: string, peers: string): readonly string[] {
  return listAt(policy, "spec", field).flatMap((rule) => {
    const whom = listAt(rule, peers).map(peerOf);
    const ports = listAt(rule, "ports").map((port) => `${String(fieldOf(port, "protocol") ?? "TCP")} ${String(fieldOf(port, "port") ?? "any port")}${fieldOf(port, "endPort") === undefined ? "" : `-${String(fieldOf(port, "endPort"))}`}`);
    return (whom.length ? whom : ["everybody"]).flatMap((peer) => (ports.length ? ports : ["every port"]).map((port) => `${peer}, ${port}`));
  });
}

function peerOf(peer: unknown): string {
  const labels = (selector: unknown): string => {
    const said = Object.values(fieldOf(selector, "matchLabels") ?? {}).map(String);
    const more = listAt(selector, "matchExpressions").map((it) => JSON.stringify(it));
    return [...said, ...more].join(" ") || "all";
  };
  const block = fieldOf(peer, "ipBlock");
  if (block !== undefined) return `${String(fieldOf(block, "cidr"))}${listAt(block, "except").length ? ` but ${listAt(block, "except").join(", ")}` : ""}`;
  const [pods, namespaces] = [fieldOf(peer, "podSelector"), fieldOf(peer, "namespaceSelector")];
  return [pods === undefined ? "all pods" : `pods ${labels(pods)}`, ...(namespaces === undefined ? [] : [`in namespaces ${labels(namespaces)}`])].join(" ");
}

const typesOf = (policy: Manifest): readonly string[] => {
  const said = listAt(policy, "spec", "policyTypes").map(String);
  return said.length ? said : ["Ingress", ...(fieldOf(policy, "spec", "egress") === undefined ? [] : ["Egress"])];
};

function isolation(before: Manifest | undefined, after: Manifest): readonly Verdict[] {
  if (!before) return [];
  const selector = (policy: Manifest) => JSON.stringify(fieldOf(policy, "spec", "podSelector"));
  const other: readonly Verdict[] = selector(before) === selector(after) ? [] : [{ effect: "live change", field: "spec.podSelector", opens: true, says: "it holds for other pods: those that it left are closed by the others that select them, or by none" }];
  const open = typesOf(before).filter((type) => !typesOf(after).includes(type));
  return open.length ? [...other, { effect: "live change", field: "spec.policyTypes", opens: true, says: `it closes ${open.join(" and ")} no more` }] : other;
}

function gone({ cluster, namespace }: ObjectChange, { after }: Context, policy: Manifest): readonly Verdict[] {
  const allowed = directions.flatMap(({ field, peers, word }) => flows(policy, field, peers).map((flow) => `${word}: ${flow}`));
  const guard = (type: string) => after.objectsOn(cluster).some(({ manifest, namespace: own }) => manifest.kind === "NetworkPolicy" && own === namespace && Object.keys(fieldOf(manifest, "spec", "podSelector") ?? {}).length === 0 && typesOf(manifest).includes(type));
  const open = typesOf(policy).filter((type) => !guard(type));
  return [
    { effect: "live change", says: `Argo CD deletes it${allowed.length ? `, which closes ${allowed.join("; ")}` : ""}` },
    ...(open.length ? [{ effect: "live change" as const, opens: true as const, says: `nothing else closes ${open.join(" and ")} for every pod of the namespace` }] : []),
  ];
}
