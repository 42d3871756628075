import type { Run } from "./region";

/**
 * Peers stand on one line of numbers: IPv4 addresses by their value, behind them every kind of pod, and behind those the blocks
 * that are no IPv4: each of these has a place of its own, so that they are compared as they are written.
 */
const podsBegin = 2 ** 32;
const othersBegin = 2 ** 33;

export const everyPeer: Run = { first: 0, last: Number.MAX_SAFE_INTEGER };

/** The place of the n-th kind of pod. */
export const podPlace = (index: number): number => podsBegin + index;

/** Reads address blocks, each text once. */
export class Blocks {
  private readonly known = new Map<string, Run>();
  private readonly others: string[] = [];

  run(cidr: string): Run {
    const run = this.known.get(cidr) ?? ipv4(cidr) ?? this.place(cidr);
    this.known.set(cidr, run);
    return run;
  }

  private place(cidr: string): Run {
    const at = othersBegin + this.others.push(cidr) - 1;
    return { first: at, last: at };
  }

  /** A run of peers in words; pods are named by whoever knows them. */
  words({ first, last }: Run, podsAt: (from: number, to: number) => string): string {
    if (first < podsBegin && last >= othersBegin) return "everyone";
    if (first >= othersBegin) return this.others[first - othersBegin] ?? "everything that is neither a pod nor an IPv4 address";
    if (first >= podsBegin) return podsAt(first - podsBegin, last - podsBegin);
    return last >= podsBegin ? `${addressWords(first, podsBegin - 1)} and pods` : addressWords(first, last);
  }
}

function ipv4(cidr: string): Run | undefined {
  const [base = "", prefix] = cidr.split("/");
  const bytes = base.split(".").map(Number);
  const bits = Number(prefix);
  if (bytes.length !== 4 || !bytes.every((byte) => byte >= 0 && byte <= 255) || !(bits >= 0 && bits <= 32)) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor(bytes.reduce((sum, byte) => sum * 256 + byte, 0) / size) * size;
  return { first, last: first + size - 1 };
}

const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

function addressWords(first: number, last: number): string {
  const bits = Math.log2(last - first + 1);
  return Number.isInteger(bits) && first % 2 ** bits === 0 ? `${dotted(first)}/${32 - bits}` : `${dotted(first)}-${dotted(last)}`;
}
