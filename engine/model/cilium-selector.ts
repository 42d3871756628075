import { fieldOf } from "./manifest";

/** A label selector without Cilium's word for where a label comes from: `k8s:app` and `any:app` are a pod's own `app`. */
export function plainSelector(selector: unknown): { readonly matchLabels: Readonly<Record<string, unknown>>; readonly matchExpressions: readonly { readonly key: string }[] } {
  const expressions = fieldOf(selector, "matchExpressions");
  return {
    matchLabels: Object.fromEntries(Object.entries(fieldOf(selector, "matchLabels") ?? {}).map(([key, value]) => [plainKey(key), value])),
    matchExpressions: (Array.isArray(expressions) ? expressions : []).map((it: object) => ({ ...it, key: plainKey(String(fieldOf(it, "key"))) })),
  };
}

const plainKey = (key: string): string => key.replace(/^(k8s|any):/, "");
