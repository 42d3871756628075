import { createHash } from "node:crypto";

/** An id in the form of a random UUID, the same for ever for what it names: OPNsense replaces what it has under it. */
export function stableUuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  // Version 4, variant 10: ArrayField.php of OPNsense takes no other.
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
