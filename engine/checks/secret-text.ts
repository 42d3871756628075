/** Formats that only credentials have, by who issues them. A placeholder in a document looks different from a real one. */
const formats: readonly (readonly [what: string, format: RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["an age key", /AGE-SECRET-KEY-1[0-9A-Z]{50,}/],
  ["a GitLab token", /\bgl(pat|rt|dt|ptt|cbt|agent|oas|soat|imt|ft)-[\w-]{20,}/],
  ["a GitHub token", /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})/],
  ["an AWS key", /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a Google API key", /\bAIza[\w-]{35}\b/],
  ["a Slack token", /\bxox[abprs]-[\w-]{10,}/],
  ["an OpenAI or Anthropic key", /\bsk-[A-Za-z0-9_-]{32,}/],
  ["a Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/],
  ["a Vault token", /\bhv[sb]\.[\w-]{24,}/],
  ["a Docker token", /\bdckr_pat_[\w-]{20,}/],
  ["a JSON Web Token", /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ["a password in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@$]+:[^\s/:@$]+@/],
];

/** What a text gives away, or undefined where it holds no credential of a known format. */
export const credentialIn = (text: string): string | undefined => formats.find(([, format]) => format.test(text))?.[0];

const secretName = /(password|passwd|passphrase|token|secret|api[-_]?key|private[-_]?key|access[-_]?key|secret[-_]?key|credentials?)$/i;

/** Whether something of this name holds a secret value: `adminPassword` does, `tokenKey` and `passwordFile` only point at one. */
export const namesSecret = (name: string): boolean => secretName.test(name);

/** A disk's name under /dev/disk/by-id, whose serial number is as good as random: https://wiki.archlinux.org/title/Persistent_block_device_naming */
const deviceName = /^(\/dev\/disk\/by-id\/)?(nvme|ata|scsi|usb|wwn|mmc|virtio)-/;

/** Whether a text looks drawn at random: long, in one piece, of mixed characters, with more than 4.5 bits in each. */
export function looksRandom(text: string): boolean {
  if (text.length < 32 || deviceName.test(text) || !/^[\w+/=-]+$/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/[0-9]/.test(text)) return false;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
  return bits > 4.5;
}
