import { selects } from "../../checks/manifests/selector";
import { fieldOf, groupOf, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { matchedBy, type Ground, type PodKind } from "./ground";
import { everyPeer } from "./line";
import type { Peers, Policy, PolicyRule } from "./policies";
import { everyPort, portRun, protocolOf } from "./ports";
import type { Run } from "./region";

export const isNetworkPolicy = (manifest: Manifest): boolean => manifest.kind === "NetworkPolicy" && groupOf(manifest) === "networking.k8s.io";

/** Kubernetes' own: https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
export function networkPolicy({ kind, metadata, spec }: Manifest, release: Release): Policy {
  const namespace = metadata.namespace ?? release.namespace;
  const selector = fieldOf(spec, "podSelector");
  const types = typesOf(spec);
  return {
    release,
    kind,
    name: metadata.name,
    namespace,
    ...(types.includes("Ingress") ? { ingress: rulesOf(fieldOf(spec, "ingress"), "from", namespace) } : {}),
    ...(types.includes("Egress") ? { egress: rulesOf(fieldOf(spec, "egress"), "to", namespace) } : {}),
    selects: (it) => it.namespace === namespace && !it.hostNetwork && selects(selector, it.labels),
  };
}

/** Unsaid, a policy is about ingress, and about egress only where it has rules for it. */
function typesOf(spec: unknown): readonly unknown[] {
  const said = fieldOf(spec, "policyTypes");
  if (Array.isArray(said)) return said;
  return filled(fieldOf(spec, "egress")) ? ["Ingress", "Egress"] : ["Ingress"];
}

const rulesOf = (rules: unknown, side: "from" | "to", namespace: string): readonly PolicyRule[] =>
  (filled(rules) ?? []).map((rule) => {
    const peers = filled(fieldOf(rule, side));
    const ports = filled(fieldOf(rule, "ports"));
    return {
      peers: (ground) => (peers ? peers.flatMap((peer) => peersOf(peer, namespace, ground)) : [{ run: everyPeer }]),
      ports: (called) => (ports ? ports.flatMap((port) => portsOf(port, called)) : [everyPort]),
      namesPorts: ports?.some((it) => typeof fieldOf(it, "port") === "string") ?? false,
    };
  });

/** Kubernetes takes an empty list for one that is not there. */
const filled = (list: unknown): readonly unknown[] | undefined => (Array.isArray(list) && list.length > 0 ? list : undefined);

function peersOf(peer: unknown, namespace: string, ground: Ground): readonly Peers[] {
  const block = fieldOf(peer, "ipBlock");
  if (block !== undefined) return matchedBy(ground, block).map((run) => ({ run }));
  const pods = fieldOf(peer, "podSelector");
  return namespacesIn(fieldOf(peer, "namespaceSelector"), namespace, ground)
    .flatMap((name) => ground.byNamespace.get(name) ?? [])
    // A pod on its node's network has the node's address, and no selector finds it there.
    .filter((kind) => !kind.hostNetwork && (pods === undefined || selects(pods, kind.labels)))
    .map((pod) => ({ run: { first: pod.at, last: pod.at }, pod }));
}

/** Without a namespace selector a peer is in the policy's own namespace. Most name one namespace, which needs no search. */
function namespacesIn(selector: unknown, own: string, { namespaces }: Ground): readonly string[] {
  if (selector === undefined) return [own];
  const name = fieldOf(selector, "matchLabels", "kubernetes.io/metadata.name");
  const candidates = typeof name === "string" ? [name].filter((it) => namespaces.has(it)) : [...namespaces.keys()];
  return candidates.filter((it) => selects(selector, namespaces.get(it) ?? {}));
}

function portsOf(it: unknown, called: PodKind | undefined): readonly Run[] {
  const protocol = protocolOf(fieldOf(it, "protocol"));
  const port = fieldOf(it, "port");
  if (port === undefined) return [portRun(protocol, 0, 65535)];
  if (typeof port === "number") return [portRun(protocol, port, Number(fieldOf(it, "endPort") ?? port))];
  const named = called?.namedPorts.get(String(port));
  return named?.protocol === protocol ? [portRun(protocol, named.port)] : [];
}
