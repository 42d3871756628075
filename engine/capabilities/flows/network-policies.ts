import type { Construct } from "constructs";
import {
  KubeNetworkPolicy,
  IntOrString,
  type NetworkPolicyEgressRule,
  type NetworkPolicyIngressRule,
  type NetworkPolicyPeer,
} from "cdk8s-plus-30/lib/imports/k8s";
import type { Flow, Party } from "../../model/flow";
import { namespacesOf, type Release } from "../../model/release";
import { PlainObject } from "../../workload/plain-object";

/**
 * Kubernetes NetworkPolicies for one release: nothing is allowed but its flows.
 * One policy denies; one lets every pod resolve names and go where the whole release goes; one a component adds its own.
 */
export function networkPolicies(chart: Construct, release: Release, flows: readonly Flow[]): void {
  for (const namespace of namespacesOf(release)) everywhere(chart, release, namespace, flows);
  for (const party of componentsIn(release, flows)) {
    const ingress = flows.filter((flow) => isSame(flow.to, party));
    const egress = flows.filter((flow) => isSame(flow.from, party));
    new PlainObject(chart, `policy-${party.component}`, KubeNetworkPolicy.manifest({
      metadata: {
        name: party.component === release.app.name ? release.name : `${release.name}-${party.component}`,
        ...(party.namespace === release.namespace ? {} : { namespace: party.namespace }),
      },
      spec: {
        podSelector: { matchLabels: party.labels },
        policyTypes: [...(ingress.length ? ["Ingress"] : []), ...(egress.length ? ["Egress"] : [])],
        ...(ingress.length ? { ingress: rulesOf(ingress, (flow) => flow.from).map(ingressRule) } : {}),
        ...(egress.length ? { egress: rulesOf(egress, (flow) => flow.to).map(egressRule) } : {}),
      },
    }));
  }
}

/** What holds for all pods of a release in one of its namespaces. */
function everywhere(chart: Construct, release: Release, namespace: string, flows: readonly Flow[]): void {
  const [id, there] = namespace === release.namespace ? ["", {}] : [`-${namespace}`, { namespace }];
  new PlainObject(chart, `policy-default-deny${id}`, KubeNetworkPolicy.manifest({
    metadata: { name: "default-deny", ...there },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  }));
  const everyone = flows.filter(({ from }) => from.kind === "release" && from.release === release.address && from.namespace === namespace);
  new PlainObject(chart, `policy-release${id}`, KubeNetworkPolicy.manifest({
    metadata: { name: `${release.name}-release`, ...there },
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: rulesOf(everyone, (flow) => flow.to).map(egressRule) },
  }));
}

type Pods = Extract<Party, { kind: "pods" }>;

function componentsIn(release: Release, flows: readonly Flow[]): readonly Pods[] {
  const byName = new Map<string, Pods>();
  for (const { from, to } of flows)
    for (const party of [from, to]) if (party.kind === "pods" && party.release === release.address) byName.set(party.component, party);
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

const isSame = (party: Party, pods: Pods): boolean => party.kind === "pods" && party.release === pods.release && party.component === pods.component;

interface Port {
  readonly port: number;
  readonly endPort?: number;
  readonly protocol: string;
}

interface Rule {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly Port[];
}

/** Flows with one other end become one rule with several ports. */
function rulesOf(flows: readonly Flow[], otherEnd: (flow: Flow) => Party): readonly Rule[] {
  const byPeer = new Map<string, { peers: readonly NetworkPolicyPeer[]; ports: Map<string, Port> }>();
  for (const flow of flows) {
    const peers = peersOf(otherEnd(flow));
    const key = JSON.stringify(peers);
    const rule = byPeer.get(key) ?? { peers, ports: new Map() };
    const port: Port = { port: flow.port, ...(flow.endPort === undefined ? {} : { endPort: flow.endPort }), protocol: flow.protocol };
    rule.ports.set(JSON.stringify(port), port);
    byPeer.set(key, rule);
  }
  return [...byPeer.keys()].sort().flatMap((key) => {
    const rule = byPeer.get(key);
    return rule ? [{ peers: rule.peers, ports: [...rule.ports.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1)) }] : [];
  });
}

function peersOf(party: Party): readonly NetworkPolicyPeer[] {
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

const portsOf = (rule: Rule) => rule.ports.map(({ port, ...rest }) => ({ port: IntOrString.fromNumber(port), ...rest }));
const egressRule = (rule: Rule): NetworkPolicyEgressRule => ({ to: [...rule.peers], ports: portsOf(rule) });
const ingressRule = (rule: Rule): NetworkPolicyIngressRule => ({ from: [...rule.peers], ports: portsOf(rule) });
