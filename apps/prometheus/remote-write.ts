import { z } from "zod";
import type { CalleeGrant, SecretGrant } from "../../engine/model/grants";
import { internet, speaks, vault } from "../../engine/model/needs";
import type { PrometheusSpecRemoteWrite } from "../../imports/prometheus-operator";

/** Where samples are also sent: nowhere, to what speaks `prometheus-remote-write` in the lab (`using`), or to a host on the internet. */
export const remoteWriteSetting = z.discriminatedUnion("to", [
  z.strictObject({ to: z.literal("nobody") }),
  z.strictObject({ to: z.literal("lab"), path: z.string().startsWith("/").default("/api/v1/write") }),
  z.strictObject({
    to: z.literal("internet"),
    host: z.string(),
    path: z.string().startsWith("/").default("/api/v1/write"),
    user: z.string(),
    /** The vault's name for the password or key. */
    passwordKey: z.string(),
  }),
]);
export type RemoteWrite = z.output<typeof remoteWriteSetting>;

export const remoteWritePeer = (setting: RemoteWrite) =>
  setting.to === "internet" ? { remoteWrite: internet(setting.host) } : setting.to === "lab" ? { remoteWrite: speaks("prometheus-remote-write") } : {};

/** The operator takes the user's name from a Secret too, so that it stands beside the password. */
export const remoteWriteSecret = (setting: RemoteWrite) =>
  setting.to === "internet" ? { remoteWrite: vault(setting.passwordKey, { data: { password: "{{ .value }}", user: setting.user } }) } : {};

/** The operator's form of it. */
export function remoteWriteOf(setting: RemoteWrite, callee: CalleeGrant | undefined, login: SecretGrant | undefined): PrometheusSpecRemoteWrite[] {
  if (setting.to === "nobody" || !callee) return [];
  const basicAuth = login ? { basicAuth: { username: { name: login.name, key: "user" }, password: { name: login.name, key: login.key } } } : {};
  return [{ name: setting.to, url: callee.url + setting.path, ...basicAuth }];
}
