import type { Authority } from "./authority";
import type { Protocols } from "./needs";

/**
 * A typed thing outside Kubernetes that apps talk to: a NAS, a router, an Ollama that runs on a Mac itself, a UPS.
 * An app that `talksTo` a protocol may be answered by one, exactly as by another release.
 */
export interface External {
  readonly name: string;
  /** An address in one of the lab's networks; policies open egress to it alone. */
  readonly address: string;
  readonly port: number;
  /** A name that URLs have for it: an issuer's, a git server's. The lab's DNS knows it where it is in the lab's zone. */
  readonly host?: string;
  /** Whom callers must believe besides public authorities: what it shows, or who signed that. */
  readonly authority?: Authority;
  readonly scheme: "http" | "https" | "tcp";
  /** The protocol it speaks, as apps ask for it: `openai`, `s3`, `smtp`. */
  readonly speaks: Protocols;
}
