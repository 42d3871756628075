const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What a name must look like, in a finding's words. */
export const labelWords = 'a DNS label: at most 63 of a-z, 0-9 and "-", with a letter or digit at both ends';

/** RFC 1123's label, which Kubernetes asks of namespaces, Services and most names that become part of a host name. */
export const isLabel = (text: string): boolean => label.test(text);

/** Labels with dots between them, 253 characters at most. */
export const isDnsName = (text: string): boolean => text.length <= 253 && text.split(".").every(isLabel);

/** The nearest name that is a label, or undefined where nothing of it can stay. */
export function asLabel(text: string): string | undefined {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? undefined : plain;
}
