import { fieldOf } from "./manifest";

/** A label selector as Kubernetes writes it. */
export interface PlainSelector {
  readonly matchLabels: Readonly<Record<string, unknown>>;
  readonly matchExpressions: readonly { readonly key: string; readonly operator?: unknown }[];
}

/**
 * A label selector without Cilium's word for where a label comes from: `k8s:app` and `any:app` are a pod's own `app`. What is said of
 * one label by both names holds together.
 */
export function plainSelector(selector: unknown): PlainSelector {
  const labels = Object.entries(fieldOf(selector, "matchLabels") ?? {}).map(([key, value]) => [plainKey(key), value] as const);
  const matchLabels = Object.fromEntries(labels);
  const expressions = fieldOf(selector, "matchExpressions");
  return {
    matchLabels,
    matchExpressions: [
      ...labels.filter(([key, value]) => matchLabels[key] !== value).map(([key, value]) => ({ key, operator: "In", values: [value] })),
      ...(Array.isArray(expressions) ? expressions : []).map((it: object) => ({ ...it, key: plainKey(String(fieldOf(it, "key"))) })),
    ],
  };
}

const plainKey = (key: string): string => key.replace(/^(k8s|any):/, "");
