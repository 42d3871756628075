import { fieldOf } from "../../model/manifest";
import { listAt } from "../list-at";

/** How a label selector is written in a sentence. */
export type SelectorWords = (selector: unknown) => string;

/** Its values, each once: `ollama pull`, or `all`. */
export const shortly: SelectorWords = (selector) => words(selector, Object.values(fieldOf(selector, "matchLabels") ?? {}).map(String));

/** With the labels' names, by which two selectors are told apart. */
export const exactly: SelectorWords = (selector) => words(selector, Object.entries(fieldOf(selector, "matchLabels") ?? {}).map(([key, value]) => `${key}=${String(value)}`));

function words(selector: unknown, labels: readonly string[]): string {
  const more = listAt(selector, "matchExpressions").map((it) => JSON.stringify(it));
  return [...new Set([...labels, ...more])].join(" ") || "all";
}

/** A block of addresses without its exceptions. */
export const blockWords = (block: unknown): string =>
  `${String(fieldOf(block, "cidr"))}${listAt(block, "except").length ? ` but ${listAt(block, "except").join(", ")}` : ""}`;

/** `TCP 80`, `UDP 1000-2000`, `TCP any port`. */
export function portWords(port: unknown, unsaid: string): string {
  const last = fieldOf(port, "endPort");
  return `${String(fieldOf(port, "protocol") ?? unsaid)} ${String(fieldOf(port, "port") ?? "any port")}${last === undefined ? "" : `-${String(last)}`}`;
}
