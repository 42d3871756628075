import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { args } from "../../apps/nginx-ingress/args";
import { configuration } from "../../apps/nginx-ingress/configuration";
import { nginx } from "../../apps/nginx-ingress/nginx-ingress";
import { nginxIngress } from "../../apps/nginx-ingress/provides";
import { reference } from "../../engine/model/image";
import { siteOf } from "../../engine/model/site";
import { place } from "../../engine/model/placement";
import { appOf, builtOf, clusterOf, labOf, worldOf } from "../lab-of";
import upstream from "./nginx-ingress-upstream.json";

/** With every choice made that adds a key or a flag. */
const site = (hostPorts?: { readonly host: string; readonly from: number; readonly to: number; readonly http: number; readonly https: number }) => {
  const cluster = clusterOf({ network: { ...(hostPorts ? { hostPorts } : {}) } });
  return siteOf(labOf({ clusters: [cluster] }), cluster);
};
const unnamed = () => {
  const { ingress: _none, ...network } = clusterOf().network;
  const cluster = { ...clusterOf(), network };
  return siteOf(labOf({ clusters: [cluster] }), cluster);
};
const choices = { minTls: "1.2", trustedProxies: ["10.0.0.0/8", "192.168.40.0/24"], silenceSeconds: 3600, workers: 2 } as const;
const configurations = {
  "on the LAN": configuration({ site: site(), ...choices }),
  "on Kind": configuration({ site: site({ host: "one-1", from: 21000, to: 21999, http: 21080, https: 21443 }), ...choices, minTls: "1.3" }),
};
const flags = [site(), unnamed()].flatMap((it) => args({ site: it, configMap: "config", service: "nginx-lan", ingressClassName: "nginx", lease: "lease", logLevel: "info" }));

/** What the program would not understand. */
const wrongFlags = (given: readonly string[], known: Readonly<Record<string, string>>): readonly string[] =>
  given.filter((flag) => {
    const [, name = "", value] = /^-([\w-]+)(?:=(.*))?$/.exec(flag) ?? [];
    switch (known[name]) {
      case "bool":
        return value !== undefined && value !== "true" && value !== "false";
      case "int":
        return !/^\d+$/.test(value ?? "");
      case "string":
        return !value;
      default:
        return true;
    }
  });

/** What strconv.ParseBool takes; every other value is ignored with a line in the log. */
const goBool = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
const wrongKeys = (data: Readonly<Record<string, string>>, known: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(data).flatMap(([key, value]) => (known[key] === undefined || (known[key] === "bool" && !goBool.test(value)) || (known[key] === "int" && !/^\d+$/.test(value)) ? [key] : []));

test("the facts are of the version that is deployed", () => {
  expect(reference(nginx.settings.parse({})["image"] as never)).toMatch(new RegExp(`:${upstream.version}$`));
});

test("every flag is one that the controller takes", () => {
  expect(flags.length).toBeGreaterThan(20);
  expect(wrongFlags(flags, upstream.flags)).toEqual([]);
  expect(wrongFlags(["-enable-snippet", "-ready-status-port=x", "-nginx-status=False", "-ingress-class"], upstream.flags)).toHaveLength(4);
});

test.each(Object.keys(configurations) as readonly (keyof typeof configurations)[])("every key of the ConfigMap is one that it reads: %s", (where) => {
  expect(wrongKeys(configurations[where], upstream.configMap)).toEqual([]);
  expect(wrongKeys({ "ssl-redirects": "True", http2: "yes", "worker-processes": "many" }, upstream.configMap)).toHaveLength(3);
});

const schemes = ["http", "https", "grpc"] as const;
const annotationsOf = (scheme: (typeof schemes)[number]): readonly string[] => {
  const shown = appOf({ name: "shown", needs: { exposes: { ui: { port: 3000, scheme, reach: "lan" } } } });
  const world = worldOf({ clusters: [clusterOf({ runs: [place(nginx), place(shown)], provides: { ingress: nginxIngress() } })] });
  return builtOf(world).flatMap(({ manifests }) => manifests.filter(({ kind }) => kind === "Ingress").flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {})));
};

test("every annotation of an Ingress is one that it reads", () => {
  const written = schemes.flatMap(annotationsOf);
  expect(written).toHaveLength(4);
  expect(written.filter((name) => !upstream.annotations.includes(name))).toEqual([]);
});

const hasNginx = spawnSync("nginx", ["-v"]).status === 0;
if (!hasNginx) console.warn("NOT TESTED, because there is no nginx on the PATH: what NGINX itself says to the values that it is configured with");

/**
 * The controller cannot be built here, so that its templates are not asked. What it puts each of our values into is: one
 * directive each, where its templates have it (internal/configs/version1 at 5.5.4).
 */
(hasNginx ? describe : describe.skip)("values, asked of NGINX itself", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "nginx-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const onOff = (value: string | undefined): string => (value === "True" ? "on" : "off");

  function nginxConf(data: Readonly<Record<string, string>>): string {
    const server = [
      `server_tokens ${onOff(data["server-tokens"])};`,
      ...(data["set-real-ip-from"] ?? "").split(",").filter(Boolean).map((from) => `set_real_ip_from ${from};`),
      ...(data["real-ip-header"] ? [`real_ip_header ${data["real-ip-header"]};`, `real_ip_recursive ${onOff(data["real-ip-recursive"])};`] : []),
      data["server-snippets"] ?? "",
    ];
    const location = [
      data["location-snippets"] ?? "",
      `proxy_read_timeout ${data["proxy-read-timeout"]};`,
      `proxy_send_timeout ${data["proxy-send-timeout"]};`,
      `client_max_body_size ${data["client-max-body-size"]};`,
      `proxy_buffering ${onOff(data["proxy-buffering"])};`,
      "proxy_pass http://127.0.0.1:3000;",
    ];
    return [
      `worker_processes ${data["worker-processes"]};`,
      `worker_shutdown_timeout ${data["worker-shutdown-timeout"]};`,
      "error_log stderr; pid nginx.pid;",
      "events {}",
      "http {",
      ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`),
      `log_format main escape=${data["log-format-escaping"]} '${data["log-format"]}';`,
      "access_log access.log main;",
      `ssl_protocols ${data["ssl-protocols"]};`,
      "server { listen 127.0.0.1:18180;",
      ...server,
      "location / {",
      ...location,
      "} } }",
    ].join("\n");
  }

  const said = (data: Readonly<Record<string, string>>): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "nginx.conf"), nginxConf(data));
    return spawnSync("nginx", ["-t", "-p", folder, "-c", path.join(folder, "nginx.conf")], { encoding: "utf8" }).stderr;
  };

  test.each(Object.keys(configurations) as readonly (keyof typeof configurations)[])("%s, it takes them all", (where) => {
    expect(said(configurations[where])).toContain("test is successful");
  });

  test("a value that it does not take is told", () => {
    expect(said({ ...configurations["on the LAN"], "location-snippets": "proxy_request_buffering maybe;" })).toContain("invalid value");
  });
});
