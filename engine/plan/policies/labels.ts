import { fieldOf } from "../../model/manifest";
import { listAt } from "../list-at";

/** A label selector in few words: its values, or `all`. */
export function labelWords(selector: unknown): string {
  const said = Object.values(fieldOf(selector, "matchLabels") ?? {}).map(String);
  const more = listAt(selector, "matchExpressions").map((it) => JSON.stringify(it));
  return [...said, ...more].join(" ") || "all";
}

/** A block of addresses without its exceptions. */
export const blockWords = (block: unknown): string =>
  `${String(fieldOf(block, "cidr"))}${listAt(block, "except").length ? ` but ${listAt(block, "except").join(", ")}` : ""}`;

/** `TCP 80`, `UDP 1000-2000`, `TCP any port`. */
export function portWords(port: unknown, unsaid: string): string {
  const last = fieldOf(port, "endPort");
  return `${String(fieldOf(port, "protocol") ?? unsaid)} ${String(fieldOf(port, "port") ?? "any port")}${last === undefined ? "" : `-${String(last)}`}`;
}
