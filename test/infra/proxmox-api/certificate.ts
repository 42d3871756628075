import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** For whoever shall trust it: SSL_CERT_FILE. */
  readonly file: string;
}

/** A certificate of loopback's own, made by the program that Go brings along for its tests. */
export function loopbackCertificate(directory: string): Certificate {
  const root = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  const program = join(root, "src/crypto/tls/generate_cert.go");
  execFileSync("go", ["run", program, "--host", "127.0.0.1", "--ca", "--ecdsa-curve", "P256", "--duration", "24h"], {
    cwd: directory,
    stdio: "pipe",
    env: { ...process.env, GOFLAGS: "" },
  });
  return {
    cert: readFileSync(join(directory, "cert.pem"), "utf8"),
    key: readFileSync(join(directory, "key.pem"), "utf8"),
    file: join(directory, "cert.pem"),
  };
}
