import { selects } from "../../checks/manifests/selector";
import type { Built } from "../../model/built";
import { fieldOf } from "../../model/manifest";
import type { Release } from "../../model/release";
import type { PodKind } from "./ground";

export type Direction = "ingress" | "egress";

/** A NetworkPolicy as it stands in the YAML. */
export interface Policy {
  /** Who wrote it. */
  readonly release: Release;
  readonly name: string;
  readonly namespace: string;
  /** What it says of either direction; undefined where it says nothing of it. */
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
  selects(kind: PodKind): boolean;
}

export interface PolicyRule {
  /** `from` or `to`; undefined is everyone. */
  readonly peers: readonly unknown[] | undefined;
  /** Undefined is every port. */
  readonly ports: readonly unknown[] | undefined;
}

export const policiesIn = (built: readonly Built[]): readonly Policy[] =>
  built.flatMap(({ release, manifests }) =>
    manifests
      .filter(({ kind, apiVersion }) => kind === "NetworkPolicy" && apiVersion.startsWith("networking.k8s.io/"))
      .map(({ metadata, spec }): Policy => {
        const namespace = metadata.namespace ?? release.namespace;
        const selector = fieldOf(spec, "podSelector");
        const types = typesOf(spec);
        return {
          release,
          name: metadata.name,
          namespace,
          ...(types.includes("Ingress") ? { ingress: rulesOf(fieldOf(spec, "ingress"), "from") } : {}),
          ...(types.includes("Egress") ? { egress: rulesOf(fieldOf(spec, "egress"), "to") } : {}),
          selects: (kind) => kind.namespace === namespace && !kind.hostNetwork && selects(selector, kind.labels),
        };
      }),
  );

/** Unsaid, a policy is about ingress, and about egress only where it has rules for it. */
function typesOf(spec: unknown): readonly unknown[] {
  const said = fieldOf(spec, "policyTypes");
  if (Array.isArray(said)) return said;
  return filled(fieldOf(spec, "egress")) ? ["Ingress", "Egress"] : ["Ingress"];
}

const rulesOf = (rules: unknown, peers: "from" | "to"): readonly PolicyRule[] =>
  (filled(rules) ?? []).map((rule) => ({ peers: filled(fieldOf(rule, peers)), ports: filled(fieldOf(rule, "ports")) }));

/** Kubernetes takes an empty list for one that is not there. */
const filled = (list: unknown): readonly unknown[] | undefined => (Array.isArray(list) && list.length > 0 ? list : undefined);
