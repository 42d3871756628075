import type { Manifest } from "../../model/manifest";
import { cilium } from "./cilium";
import { exactly, shortly, type SelectorWords } from "./labels";
import { kubernetes } from "./kubernetes";

export interface Direction {
  readonly field: "ingress" | "egress";
  readonly peers: "from" | "to";
  readonly type: "Ingress" | "Egress";
  readonly word: "in" | "out";
}

export const directions: readonly Direction[] = [
  { field: "ingress", peers: "from", type: "Ingress", word: "in" },
  { field: "egress", peers: "to", type: "Egress", word: "out" },
];

/** How a kind of policy says what pods may talk to. All of them only ever allow, and add up. */
export interface Language {
  /** The field that selects its pods; empty is all of the namespace. */
  readonly selector: string;
  /** One line for each peer and port that it lets through. */
  flows(policy: Manifest | undefined, direction: Direction, words: SelectorWords): readonly string[];
  /** The field that says which directions it closes, but for those. */
  readonly closing: string;
  closes(policy: Manifest): readonly string[];
}

const languages: Readonly<Record<string, Language>> = { NetworkPolicy: kubernetes, CiliumNetworkPolicy: cilium };

/** The language of an object that is a policy. */
export const languageOf = (kind: string): Language | undefined => languages[kind];

/** Whom a policy lets through, exactly and in few words. */
export interface Flow {
  readonly exact: string;
  readonly short: string;
}

export function flowsOf(language: Language, policy: Manifest | undefined, direction: Direction): readonly Flow[] {
  const short = language.flows(policy, direction, shortly);
  return language.flows(policy, direction, exactly).map((exact, index) => ({ exact, short: short[index] ?? exact }));
}
