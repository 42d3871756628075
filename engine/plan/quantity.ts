/** Suffixes of a Kubernetes quantity: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const factors: Readonly<Record<string, number>> = { "": 1, m: 0.001, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 };

/** The number that any quantity stands for, also in units that the lab itself does not use; undefined where it is none. */
export function bytesIn(quantity: unknown): number | undefined {
  const [, number, suffix = ""] = /^([+-]?[0-9.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity)) ?? [];
  const factor = factors[suffix];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
