import type { Run } from "./region";

/** Protocols that a policy can speak of. */
export const protocols = ["TCP", "UDP", "SCTP"] as const;
export type Protocol = (typeof protocols)[number];

/** Each protocol's ports stand behind the others' on the line. */
const span = 65536;

export const everyPort: Run = { first: 0, last: protocols.length * span - 1 };

export function portRun(protocol: Protocol, first: number, last: number = first): Run {
  const offset = protocols.indexOf(protocol) * span;
  return { first: offset + first, last: offset + last };
}

/** A policy's own default is TCP: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#networkpolicyport-v1-networking-k8s-io */
export const protocolOf = (text: unknown): Protocol => protocols.find((it) => it === text) ?? "TCP";

/** `TCP 443`, `UDP 1-1023`, `every port`. */
export function portWords({ first, last }: Run): string {
  if (first === everyPort.first && last === everyPort.last) return "every port";
  return protocols
    .flatMap((protocol, index) => {
      const from = Math.max(first - index * span, 0);
      const to = Math.min(last - index * span, span - 1);
      return from > to ? [] : [`${protocol} ${from === to ? from : `${from}-${to}`}`];
    })
    .join(" and ");
}
