import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Serving certificates of one run, all signed by its own throw-away authority. */
export interface Certificates {
  readonly authority: string;
  readonly authorityFile: string;
  /** The authority's own key and certificate, as PEM one after the other: what it takes to sign as it does. */
  readonly signer: string;
  certificateFile(name: string): string;
  keyFile(name: string): string;
}

/** Makes one certificate per name, valid for its hosts (names or addresses). */
export function makeCertificates(testbed: string, directory: string, hosts: Readonly<Record<string, readonly string[]>>): Certificates {
  mkdirSync(directory);
  execFileSync(testbed, ["certificates", directory, ...Object.entries(hosts).map(([name, valid]) => `${name}=${valid.join(",")}`)]);
  const authorityFile = path.join(directory, "ca.crt");
  return {
    authority: readFileSync(authorityFile, "utf8"),
    authorityFile,
    signer: ["ca.key", "ca.crt"].map((file) => readFileSync(path.join(directory, file), "utf8")).join(""),
    certificateFile: (name) => path.join(directory, `${name}.crt`),
    keyFile: (name) => path.join(directory, `${name}.key`),
  };
}
