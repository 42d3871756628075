import { entryAddressOf, entryPortOf } from "../../engine/model/flow";
import type { Site } from "../../engine/model/site";

interface Configured {
  readonly site: Site;
  readonly minTls: "1.2" | "1.3";
  readonly trustedProxies: readonly string[];
  readonly silenceSeconds: number;
  readonly workers: number;
}

/** A line for each request, as JSON. Queries carry sign-in codes and signed URLs, and are left out. */
const logFormat = '{"time":"$time_iso8601","client":"$remote_addr","host":"$host","method":"$request_method","path":"$uri","status":"$status","bytes":"$body_bytes_sent","seconds":"$request_time"}';

/** Once told to stop, a worker lets its callers finish for so long. */
export const drainSeconds = 60;

/**
 * What the controller makes nginx.conf from:
 * https://docs.nginx.com/nginx-ingress-controller/configuration/global-configuration/configmap-resource/
 */
export const configuration = ({ site, minTls, trustedProxies, silenceSeconds, workers }: Configured): Readonly<Record<string, string>> => {
  const address = entryAddressOf(site.cluster, site);
  return {
    ...(address ? { "external-status-address": address } : {}),
    // Any size, and straight through: pushes of images and uploads of models are neither refused nor kept on the way.
    "client-max-body-size": "0",
    "http2": "True",
    "location-snippets": "proxy_request_buffering off;",
    "log-format": logFormat,
    "log-format-escaping": "json",
    // An answer is passed on as it comes: a model's words one by one.
    "proxy-buffering": "False",
    "proxy-read-timeout": `${silenceSeconds}s`,
    "proxy-send-timeout": `${silenceSeconds}s`,
    "server-tokens": "False",
    "ssl-protocols": minTls === "1.3" ? "TLSv1.3" : "TLSv1.2 TLSv1.3",
    // One for each core of the node otherwise, however large its share is.
    "worker-processes": String(workers),
    "worker-shutdown-timeout": `${drainSeconds}s`,
    ...believed(trustedProxies),
    ...redirect(entryPortOf(site.cluster)),
  };
};

const believed = (proxies: readonly string[]): Readonly<Record<string, string>> =>
  proxies.length ? { "real-ip-header": "X-Forwarded-For", "real-ip-recursive": "True", "set-real-ip-from": proxies.join(",") } : {};

/** NGINX sends browsers to its own port; on Kind that is not where the host lets them in. */
const redirect = (port: number): Readonly<Record<string, string>> =>
  port === 443 ? { "ssl-redirect": "True" } : { "ssl-redirect": "False", "server-snippets": `if ($scheme = http) { return 301 https://$host:${port}$request_uri; }` };
