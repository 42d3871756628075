import { selects } from "../../checks/manifests/selector";
import { fieldOf } from "../../model/manifest";
import type { Ground, PodKind } from "./ground";
import { everyPeer } from "./line";
import type { Direction, Policy, PolicyRule } from "./policies";
import { everyPort, portRun, protocolOf } from "./ports";
import { runsMinus, union, type Region, type Run } from "./region";

/** Everybody and every port: what a pod has that no policy selects. */
export const everything: Region = { peers: everyPeer, ports: everyPort };

/**
 * What the policies let a kind of pod say or hear, as Kubernetes defines it: policies add up, and a pod that none selects is
 * free. https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
export class Allowed {
  private readonly resolved = new Map<readonly PolicyRule[], readonly Region[]>();
  private readonly byNamespace = new Map<string, Policy[]>();
  private readonly unmatched: readonly Run[];

  constructor(
    private readonly ground: Ground,
    policies: readonly Policy[],
  ) {
    for (const policy of policies) {
      const there = this.byNamespace.get(policy.namespace);
      if (there) there.push(policy);
      else this.byNamespace.set(policy.namespace, [policy]);
    }
    this.unmatched = unmatchedBlocks(ground);
  }

  regions(kind: PodKind, direction: Direction): readonly Region[] {
    const said = this.selecting(kind, direction);
    return said.length ? said.flatMap((policy) => this.of(policy, kind, direction)) : [everything];
  }

  /** What one policy adds. It is the same for all whom it selects, unless it names their own ports. */
  of(policy: Policy, kind: PodKind, direction: Direction): readonly Region[] {
    const rules = policy[direction] ?? [];
    const known = this.resolved.get(rules);
    if (known) return known;
    const regions = rules.flatMap((rule) => this.peersOf(rule, policy.namespace).flatMap(({ run, pod }) => portsOf(rule, direction === "ingress" ? kind : pod).map((ports) => ({ peers: run, ports }))));
    if (direction === "egress" || !rules.some(namesPorts)) this.resolved.set(rules, regions);
    return regions;
  }

  /** Policies that select it for a direction. */
  selecting(kind: PodKind, direction: Direction): readonly Policy[] {
    return (this.byNamespace.get(kind.namespace) ?? []).filter((policy) => policy[direction] && policy.selects(kind));
  }

  private peersOf(rule: PolicyRule, namespace: string): readonly Peers[] {
    return rule.peers ? rule.peers.flatMap((peer) => this.peer(peer, namespace)) : [{ run: everyPeer }];
  }

  private peer(peer: unknown, namespace: string): readonly Peers[] {
    const block = fieldOf(peer, "ipBlock");
    if (block !== undefined) return this.block(block).map((run) => ({ run }));
    const pods = fieldOf(peer, "podSelector");
    return this.namespacesIn(fieldOf(peer, "namespaceSelector"), namespace)
      .flatMap((name) => this.ground.byNamespace.get(name) ?? [])
      // A pod on its node's network has the node's address, and no selector finds it there.
      .filter((kind) => !kind.hostNetwork && (pods === undefined || selects(pods, kind.labels)))
      .map((pod) => ({ run: { first: pod.at, last: pod.at }, pod }));
  }

  private block(block: unknown): readonly Run[] {
    const except = fieldOf(block, "except");
    const left = [...(Array.isArray(except) ? except : []).map((cidr) => this.ground.blocks.run(String(cidr))), ...this.unmatched];
    return runsMinus([this.ground.blocks.run(String(fieldOf(block, "cidr")))], union(left));
  }

  /** Without a namespace selector a peer is in the policy's own namespace. Most name one namespace, which needs no search. */
  private namespacesIn(selector: unknown, own: string): readonly string[] {
    if (selector === undefined) return [own];
    const { namespaces } = this.ground;
    const name = fieldOf(selector, "matchLabels", "kubernetes.io/metadata.name");
    const candidates = typeof name === "string" ? [name].filter((it) => namespaces.has(it)) : [...namespaces.keys()];
    return candidates.filter((it) => selects(selector, namespaces.get(it) ?? {}));
  }
}

/** A run of peers; where they are pods, which. */
interface Peers {
  readonly run: Run;
  readonly pod?: PodKind;
}

const namesPorts = ({ ports }: PolicyRule): boolean => ports?.some((it) => typeof fieldOf(it, "port") === "string") ?? false;

/** The ports of a rule as the pod that is called knows them: only pods have names for ports. */
function portsOf({ ports }: PolicyRule, called: PodKind | undefined): readonly Run[] {
  if (!ports) return [everyPort];
  return ports.flatMap((it): readonly Run[] => {
    const protocol = protocolOf(fieldOf(it, "protocol"));
    const port = fieldOf(it, "port");
    if (port === undefined) return [portRun(protocol, 0, 65535)];
    if (typeof port === "number") return [portRun(protocol, port, Number(fieldOf(it, "endPort") ?? port))];
    const named = called?.namedPorts.get(String(port));
    return named?.protocol === protocol ? [portRun(protocol, named.port)] : [];
  });
}

/**
 * What address blocks do not match. Elsewhere nothing; Cilium knows pods by their identity, and nodes too unless it is told
 * otherwise: https://docs.cilium.io/en/stable/security/policy/language/#selecting-nodes-with-cidr-ipblock
 */
function unmatchedBlocks({ cluster, blocks }: Ground): readonly Run[] {
  const { cni } = cluster.distribution;
  if (cni.name !== "cilium") return [];
  const nodes = cni.blocksMatchNodes === true ? [] : cluster.nodes.filter(({ address }) => address !== "").map(({ address }) => `${address}/32`);
  return [cluster.network.pods, ...nodes].map((cidr) => blocks.run(cidr));
}
