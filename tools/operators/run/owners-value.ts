import type { Certificates } from "../../control-plane/cluster/certificates";

/** What the owner would have put into the vault, where not any text will do: a URL, or what a cluster signs certificates with. */
export function ownersValue(key: string, { signer }: Certificates): string | undefined {
  if (key.endsWith("-url")) return `https://${key}.example.org/`;
  return key.endsWith("-authority") ? signer : undefined;
}
