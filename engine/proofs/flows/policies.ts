import type { Built } from "../../model/built";
import type { Release } from "../../model/release";
import { ciliumPolicy, isCiliumPolicy } from "./cilium-policy";
import type { Ground, PodKind } from "./ground";
import { isNetworkPolicy, networkPolicy } from "./network-policy";
import type { Run } from "./region";

export type Direction = "ingress" | "egress";

/** A policy as it stands in the YAML, in whichever language it is written. */
export interface Policy {
  /** Who wrote it. */
  readonly release: Release;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** What it says of either direction; undefined where it says nothing of it. */
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
  selects(kind: PodKind): boolean;
}

/** Whom a policy lets through, and on which ports. */
export interface PolicyRule {
  peers(ground: Ground): readonly Peers[];
  /** Only pods have names for ports. */
  ports(called: PodKind | undefined): readonly Run[];
  /** Some ports are given by the name that the pod which is called has for them. */
  readonly namesPorts: boolean;
  /** Its peers are names. Their addresses are learned from the answers to DNS questions that a rule for the same pod leads through the proxy. */
  readonly byName?: boolean;
  readonly asksNames?: boolean;
}

/** A run of peers; where they are pods, which. */
export interface Peers {
  readonly run: Run;
  readonly pod?: PodKind;
}

export const policiesIn = (built: readonly Built[]): readonly Policy[] =>
  built.flatMap(({ release, manifests }) =>
    manifests.flatMap((manifest) => {
      if (isNetworkPolicy(manifest)) return [networkPolicy(manifest, release)];
      return isCiliumPolicy(manifest) ? [ciliumPolicy(manifest, release)] : [];
    }),
  );
