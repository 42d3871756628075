import type { InternetProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";

/** Cloudflare Access, which asks callers who they are before it lets them into the tunnel. */
export interface Access {
  /** `hearth` in https://hearth.cloudflareaccess.com. */
  readonly team: string;
  /** For each host name, the audience tag of its Access application: no secret, and the proof that a caller passed it. */
  readonly audiences: Readonly<Record<string, string>>;
}

/** A provider that remembers how Access asks, so that the release can check each call again on this end of the tunnel. */
export interface CloudflareTunnel extends InternetProvider {
  readonly access: Access | undefined;
}

/**
 * Callers from the internet through a Cloudflare tunnel, which the cluster opens outwards. Without `access` only what is open
 * to everyone can be published.
 */
export const cloudflareTunnel = recipe((access?: Access): CloudflareTunnel => ({
  backedBy: "cloudflared",
  carrier: "cloudflared",
  carries: ["http", "https"],
  asks: (host) => access?.audiences[host] !== undefined,
  access,
}));

/** The tunnel of a cluster, where it has one. */
export const tunnelOf = (internet: InternetProvider | undefined): CloudflareTunnel | undefined => (internet && isTunnel(internet) ? internet : undefined);

const isTunnel = (internet: InternetProvider): internet is CloudflareTunnel => internet.carrier === "cloudflared" && "access" in internet;
