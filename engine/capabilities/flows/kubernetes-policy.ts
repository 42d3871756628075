import { IntOrString, KubeNetworkPolicy, type NetworkPolicyPeer } from "cdk8s-plus-30/lib/imports/k8s";
import type { Flow, Party } from "../../model/flow";
import type { Manifest } from "../../model/manifest";
import type { Policy } from "./policy";
import { rulesOf } from "./rule";

/** A policy in Kubernetes' own language: https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
export function kubernetesPolicy({ name, namespace, labels, ingress, egress }: Policy): Manifest {
  const incoming = rules(ingress, (flow) => flow.from).map(({ peers, ports }) => ({ from: peers, ports }));
  const outgoing = rules(egress, (flow) => flow.to).map(({ peers, ports }) => ({ to: peers, ports }));
  return KubeNetworkPolicy.manifest({
    metadata: { name, namespace },
    spec: {
      podSelector: Object.keys(labels).length ? { matchLabels: labels } : {},
      policyTypes: [...(ingress ? ["Ingress"] : []), ...(egress ? ["Egress"] : [])],
      ...(incoming.length ? { ingress: incoming } : {}),
      ...(outgoing.length ? { egress: outgoing } : {}),
    },
  });
}

const rules = (flows: readonly Flow[] = [], otherEnd: (flow: Flow) => Party) =>
  rulesOf(flows, otherEnd, (party) => [peersOf(party)]).map(({ peers, ports }) => ({ peers, ports: ports.map(({ port, ...rest }) => ({ port: IntOrString.fromNumber(port), ...rest })) }));

function peersOf(party: Party): NetworkPolicyPeer[] {
  const namespace = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
  switch (party.kind) {
    case "pods":
      return [{ namespaceSelector: namespace(party.namespace), podSelector: { matchLabels: party.labels } }];
    case "release":
      return [{ namespaceSelector: namespace(party.namespace) }];
    case "dns":
      // CoreDNS keeps this label on k3s, Kind and kubeadm alike.
      return [{ namespaceSelector: namespace("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }];
    case "addresses":
      return party.cidrs.map((cidr) => ({ ipBlock: { cidr, ...(party.except ? { except: [...party.except] } : {}) } }));
  }
}
