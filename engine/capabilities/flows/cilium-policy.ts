import type { Addresses, Flow, Party } from "../../model/flow";
import type { Manifest } from "../../model/manifest";
import type { Policy } from "./policy";
import { rulesOf, type Port, type Rule } from "./rule";

/**
 * A policy in Cilium's language, which knows pods, nodes, the API server and names where Kubernetes' knows addresses:
 * https://docs.cilium.io/en/stable/security/policy/. All of a release's are Cilium's, and none Kubernetes': what holds is read in one
 * language, and the DNS proxy cannot be passed by through a second policy.
 * @param asksNames whether its pods may learn addresses by asking the DNS, for the names that some of them may call
 */
export function ciliumPolicy({ name, namespace, labels, ingress, egress }: Policy, asksNames: boolean): Manifest {
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name, namespace },
    spec: {
      endpointSelector: Object.keys(labels).length ? { matchLabels: labels } : {},
      ...(ingress ? { ingress: closing(rulesOf(ingress, (flow) => flow.from, peersOf).map((rule) => written("from", rule, asksNames))) } : {}),
      ...(egress ? { egress: closing(rulesOf(egress, (flow) => flow.to, peersOf).map((rule) => written("to", rule, asksNames))) } : {}),
    },
  };
}

/** Whether some of these flows end at a name: only a DNS proxy can tell its addresses. */
export const callsNames = (flows: readonly Flow[]): boolean => flows.some(({ to }) => to.kind === "addresses" && typeof to.of === "object");

/** A rule without peers lets nothing through, and no rule at all leaves the direction open. */
const closing = (rules: readonly object[]): readonly object[] => (rules.length ? rules : [{}]);

/** The peers of one rule, which names them in one way only: `toEndpoints`, `fromEntities`. */
interface Peers {
  readonly how: "Endpoints" | "Entities" | "CIDRSet" | "FQDNs";
  readonly whom: readonly unknown[];
  /** They answer questions for names. */
  readonly dns?: true;
}

function peersOf(party: Party): readonly Peers[] {
  const podsIn = (namespace: string, labels: Readonly<Record<string, string>> = {}): Peers => ({ how: "Endpoints", whom: [{ matchLabels: { ...labels, "k8s:io.kubernetes.pod.namespace": namespace } }] });
  switch (party.kind) {
    case "pods":
      return [podsIn(party.namespace, party.labels)];
    case "release":
      return [podsIn(party.namespace)];
    case "dns":
      return [{ ...podsIn("kube-system", { "k8s-app": "kube-dns" }), dns: true }];
    case "addresses":
      return behind(party);
  }
}

/** `host` is the pod's own node, `remote-node` every other one: https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based */
const nodes: Peers = { how: "Entities", whom: ["host", "remote-node"] };

function behind({ of, cidrs, except, nodesToo }: Addresses): readonly Peers[] {
  if (of === "nodes") return [nodes];
  if (of === "kube-apiserver") return [{ how: "Entities", whom: [of] }];
  if (of) return [{ how: "FQDNs", whom: [of.name.includes("*") ? { matchPattern: of.name } : { matchName: of.name }] }];
  return [{ how: "CIDRSet", whom: cidrs.map((cidr) => ({ cidr, ...(except ? { except } : {}) })) }, ...(nodesToo ? [nodes] : [])];
}

/** Pods find services by their search list, so that every question is let through; what is answered opens only what a rule names. */
const everyName = { dns: [{ matchPattern: "*" }] };

const written = (side: "from" | "to", { peers: { how, whom, dns }, ports }: Rule<Peers>, asksNames: boolean): object => ({
  [`${side}${how}`]: whom,
  toPorts: [{ ports: ports.map(portOf), ...(dns && asksNames ? { rules: everyName } : {}) }],
});

const portOf = ({ port, ...rest }: Port) => ({ port: String(port), ...rest });
