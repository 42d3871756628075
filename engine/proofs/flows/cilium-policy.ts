import { selects } from "../../checks/manifests/selector";
import { arrayOf } from "../../checks/manifests/violations";
import { plainSelector } from "../../model/cilium-selector";
import { fieldOf, groupOf, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { matchedBy, type Ground, type PodKind } from "./ground";
import { everyPeer } from "./line";
import type { Peers, Policy, PolicyRule } from "./policies";
import { everyPort, portRun, protocols, protocolOf } from "./ports";
import type { Run } from "./region";

export const isCiliumPolicy = (manifest: Manifest): boolean => manifest.kind === "CiliumNetworkPolicy" && groupOf(manifest) === "cilium.io";

/**
 * Cilium's own, as its 1.20.0 agent reads it (pkg/policy/api, pkg/k8s/apis/cilium.io/utils): https://docs.cilium.io/en/stable/security/policy/.
 * What `unreadIn` names is not read here.
 */
export function ciliumPolicy({ kind, metadata, spec }: Manifest, release: Release): Policy {
  const namespace = metadata.namespace ?? release.namespace;
  const selector = plainSelector(fieldOf(spec, "endpointSelector"));
  const [ingress, egress] = [rulesOf(fieldOf(spec, "ingress"), "from", namespace), rulesOf(fieldOf(spec, "egress"), "to", namespace)];
  return {
    release,
    kind,
    name: metadata.name,
    namespace,
    // An empty list says nothing of its direction; a rule that lets nothing through closes it.
    ...(ingress.length ? { ingress } : {}),
    ...(egress.length ? { egress } : {}),
    selects: (it) => it.namespace === namespace && !it.hostNetwork && selects(selector, it.labels),
  };
}

type Side = "from" | "to";

const rulesOf = (rules: unknown, side: Side, namespace: string): readonly PolicyRule[] =>
  arrayOf(rules).map((rule) => {
    const toPorts = arrayOf(fieldOf(rule, "toPorts"));
    const ports = toPorts.flatMap((it) => arrayOf(fieldOf(it, "ports")));
    return {
      peers: (ground) => peersOf(rule, side, namespace, ground),
      ports: (called) => (toPorts.length ? ports.flatMap((port) => portsOf(port, called)) : [everyPort]),
      namesPorts: ports.some((it) => !isNumber(fieldOf(it, "port"))),
      byName: fieldOf(rule, "toFQDNs") !== undefined,
      asksNames: toPorts.some((it) => fieldOf(it, "rules", "dns") !== undefined),
    };
  });

/** A rule that names no peers is about everyone, if only it names ports; one that names neither lets nothing through. */
function peersOf(rule: unknown, side: Side, namespace: string, ground: Ground): readonly Peers[] {
  for (const [way, read] of ways) {
    const named = fieldOf(rule, `${side}${way}`);
    if (Array.isArray(named)) return read(named, ground, namespace);
  }
  return arrayOf(fieldOf(rule, "toPorts")).length ? [{ run: everyPeer }] : [];
}

const namespaceKey = "io.kubernetes.pod.namespace";
export const namespaceLabels = "io.cilium.k8s.namespace.labels.";

/** Whether a label is of a pod's namespace, rather than the pod's own. */
export const isOfNamespaces = (key: string): boolean => key === namespaceKey || key.startsWith(namespaceLabels);

/** Pods of the policy's own namespace, unless a selector says something of namespaces. */
function endpointsOf(selectors: readonly unknown[], { byNamespace, namespaces }: Ground, own: string): readonly Peers[] {
  return selectors.map(plainSelector).flatMap((selector) => {
    const keys = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({ key }) => key)];
    const anywhere = keys.some(isOfNamespaces);
    const said = selector.matchLabels[namespaceKey];
    const candidates = anywhere ? (typeof said === "string" ? [said] : [...namespaces.keys()]) : [own];
    return candidates.flatMap((name) => {
      const ofNamespace = Object.fromEntries(Object.entries(namespaces.get(name) ?? {}).map(([key, value]) => [`${namespaceLabels}${key}`, value]));
      return (byNamespace.get(name) ?? [])
        .filter((kind) => !kind.hostNetwork && selects(selector, { ...kind.labels, ...ofNamespace, [namespaceKey]: name }))
        .map((pod) => ({ run: { first: pod.at, last: pod.at }, pod }));
    });
  });
}

/** The API server's nodes are nodes as well. */
function entitiesOf(entities: readonly unknown[], { identities }: Ground): readonly Peers[] {
  const runs = [...(entities.includes("kube-apiserver") ? (identities?.apiServer ?? []) : []), ...(entities.includes("host") ? (identities?.nodes ?? []) : [])];
  return runs.map((run) => ({ run }));
}

const blocksOf = (blocks: readonly unknown[], ground: Ground): readonly Peers[] =>
  blocks.flatMap((block) => matchedBy(ground, typeof block === "string" ? { cidr: block.includes("/") ? block : `${block}/32` } : block)).map((run) => ({ run }));

/** Names have places of their own: whatever address is behind one, nobody else is let through to it. */
const namesOf = (names: readonly unknown[], { blocks }: Ground): readonly Peers[] =>
  names.map((name) => ({ run: blocks.run(String(fieldOf(name, "matchName") ?? fieldOf(name, "matchPattern"))) }));

/** How a rule may name its peers: in one of these ways, and no second one. */
const ways = Object.entries({ Endpoints: endpointsOf, Entities: entitiesOf, CIDR: blocksOf, CIDRSet: blocksOf, FQDNs: namesOf });

const isNumber = (port: unknown): boolean => /^\d+$/.test(String(port));

function portsOf(it: unknown, called: PodKind | undefined): readonly Run[] {
  const said = fieldOf(it, "protocol");
  const spoken = said === undefined || said === "ANY" ? protocols : [protocolOf(said)];
  const port = String(fieldOf(it, "port"));
  if (port === "0") return spoken.map((protocol) => portRun(protocol, 0, 65535));
  if (isNumber(port)) return spoken.map((protocol) => portRun(protocol, Number(port), Number(fieldOf(it, "endPort") ?? port)));
  const named = called?.namedPorts.get(port);
  return named && spoken.includes(named.protocol) ? [portRun(named.protocol, named.port)] : [];
}
