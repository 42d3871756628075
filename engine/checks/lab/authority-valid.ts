import { X509Certificate } from "node:crypto";
import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";

/** The lab's roots are certificates that may sign, and their keys are nowhere near. */
export const authorityValid = ({ authority }: Lab): readonly Finding[] => {
  if (!authority) return [];
  if (authority.roots.length === 0) return [wrong("no root", "the certificate of the lab's root", "Paste it, or take `authority` out of the lab")];
  return authority.roots.flatMap((pem, index) => {
    if (/PRIVATE KEY/.test(pem)) return [wrong(`a private key in roots[${index}]`, "a certificate alone: whoever reads git could sign for every host of the lab", "Make a new root, and paste root.crt without its key")];
    const problem = problemOf(pem);
    return problem === undefined ? [] : [wrong(`roots[${index}] ${problem}`, "the certificate of an authority, as PEM", "Paste root.crt as docs/certificates.md makes it")];
  });
};

function problemOf(pem: string): string | undefined {
  try {
    const { ca } = new X509Certificate(pem);
    if (!ca) return "may not sign others";
    return pem.endsWith("\n") ? undefined : "ends without a new line, and would run into the next";
  } catch {
    return "is no certificate";
  }
}

const wrong = (found: string, expected: string, fix: string): Finding => error({ rule: "authority-valid", address: "lab", found: `authority has ${found}`, expected, fix });
