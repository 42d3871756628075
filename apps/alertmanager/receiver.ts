import { z } from "zod";
import { addresses, internet, vault, type AddressesPeer, type InternetPeer, type VaultSecret } from "../../engine/model/needs";

export const severities = ["critical", "warning", "info"] as const;

/** What every kind of receiver has: which alerts it hears, and where it is, so that policies let Alertmanager out to it alone. */
const receiver = {
  name: z.string().regex(/^(?!heartbeat$)[a-z][a-z0-9-]*$/, { error: "a name of lower-case letters, digits and hyphens, other than heartbeat" }),
  hears: z.array(z.enum(severities)).min(1).readonly().default(["critical", "warning"]),
  /** Where it stands inside the lab; without it, `host` is on the internet. */
  address: z.ipv4().optional(),
};
const host = z.string().regex(/^[a-z0-9.-]+$/, { error: "a host name, without scheme and path" });
/** A name in the vault: the value itself never stands in git. */
const secret = z.string().min(1);

/**
 * Whoever takes alerts. `webhook` is Alertmanager's own JSON: ntfy reads it with `?template=alertmanager` at its topic's URL
 * (https://docs.ntfy.sh/publish/#message-templating). `slack` is what Mattermost, Rocket.Chat and Discord (at `/slack`) take too.
 */
export const receiverSetting = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("webhook"), ...receiver, host, port: z.int().default(443), urlKey: secret, tokenKey: secret.optional() }),
  z.strictObject({ kind: z.literal("slack"), ...receiver, host: host.default("hooks.slack.com"), port: z.int().default(443), urlKey: secret, channel: z.string().optional() }),
  z.strictObject({ kind: z.literal("email"), ...receiver, host, port: z.int().default(587), from: z.email(), to: z.email(), user: z.string(), passwordKey: secret }),
]);
export type Receiver = z.output<typeof receiverSetting>;

export const receiversSetting = z
  .array(receiverSetting)
  .readonly()
  .refine((all) => new Set(all.map((it) => it.name)).size === all.length, { error: "receivers with different names" });

/** Somebody outside the lab who raises the alarm when this stops calling: then Prometheus, Alertmanager or the uplink is down. */
export const heartbeatSetting = z.strictObject({ host, urlKey: secret });
export type Heartbeat = z.output<typeof heartbeatSetting>;

/** Whom Alertmanager calls, by receiver. */
export const peersOf = (receivers: readonly Receiver[], heartbeat: Heartbeat | undefined): Readonly<Record<string, InternetPeer | AddressesPeer>> =>
  Object.fromEntries([
    ...receivers.map((it) => [it.name, it.address ? addresses([`${it.address}/32`], it.port) : internet(it.host, { port: it.port })] as const),
    ...(heartbeat ? [["heartbeat", internet(heartbeat.host)] as const] : []),
  ]);

/** What it needs from the vault, by receiver and use. */
export const secretsOf = (receivers: readonly Receiver[], heartbeat: Heartbeat | undefined): Readonly<Record<string, VaultSecret>> =>
  Object.fromEntries([...receivers.flatMap(secretsOfReceiver), ...(heartbeat ? [["heartbeat-url", vault(heartbeat.urlKey)] as const] : [])]);

function secretsOfReceiver(it: Receiver): readonly (readonly [name: string, secret: VaultSecret])[] {
  if (it.kind === "email") return [[`${it.name}-password`, vault(it.passwordKey)]];
  const url = [`${it.name}-url`, vault(it.urlKey)] as const;
  return it.kind === "webhook" && it.tokenKey ? [url, [`${it.name}-token`, vault(it.tokenKey)]] : [url];
}
