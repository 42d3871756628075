import { groupsOf } from "../../checks/groups";
import type { Ground, PodKind } from "./ground";
import { everyPeer } from "./line";
import type { Direction, Policy, PolicyRule } from "./policies";
import { everyPort } from "./ports";
import type { Region } from "./region";

/** Everybody and every port: what a pod has that no policy selects. */
export const everything: Region = { peers: everyPeer, ports: everyPort };

/**
 * What the policies let a kind of pod say or hear, as Kubernetes and Cilium define it alike: policies add up, and a pod that none
 * selects is free. https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
export class Allowed {
  private readonly resolved = new Map<PolicyRule, readonly Region[]>();
  private readonly byNamespace: ReadonlyMap<string, readonly Policy[]>;

  constructor(
    private readonly ground: Ground,
    policies: readonly Policy[],
  ) {
    this.byNamespace = groupsOf(policies, ({ namespace }) => namespace);
  }

  regions(kind: PodKind, direction: Direction): readonly Region[] {
    const said = this.selecting(kind, direction);
    return said.length ? said.flatMap((policy) => this.of(policy, kind, direction)) : [everything];
  }

  /** What one policy adds. */
  of(policy: Policy, kind: PodKind, direction: Direction): readonly Region[] {
    return (policy[direction] ?? []).filter((rule) => !rule.byName || this.learnsNames(kind)).flatMap((rule) => this.through(rule, kind, direction));
  }

  /** Policies that select it for a direction. */
  selecting(kind: PodKind, direction: Direction): readonly Policy[] {
    return (this.byNamespace.get(kind.namespace) ?? []).filter((policy) => policy[direction] && policy.selects(kind));
  }

  private learnsNames(kind: PodKind): boolean {
    return this.selecting(kind, "egress").some(({ egress }) => egress?.some(({ asksNames }) => asksNames));
  }

  /** What one rule lets through. It is the same for all whom its policy selects, unless it names their own ports. */
  private through(rule: PolicyRule, kind: PodKind, direction: Direction): readonly Region[] {
    const known = this.resolved.get(rule);
    if (known) return known;
    const regions = rule.peers(this.ground).flatMap(({ run, pod }) => rule.ports(direction === "ingress" ? kind : pod).map((ports) => ({ peers: run, ports })));
    if (direction === "egress" || !rule.namesPorts) this.resolved.set(rule, regions);
    return regions;
  }
}
