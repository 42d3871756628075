import { nginx } from "../../apps/nginx-ingress/nginx-ingress";
import { nginxIngress } from "../../apps/nginx-ingress/provides";
import { flowsOf } from "../../engine/model/flow";
import { kind } from "../../engine/model/distribution";
import { kindNodes } from "../../engine/model/kind-nodes";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { place, type Placement } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import type { World } from "../../engine/model/resolve";
import { appOf, clusterOf, hostOf, worldOf } from "../lab-of";
import { fieldIn, objectOf } from "./monitoring";

const provides = { ingress: nginxIngress() };
const mac = hostOf({ name: "mac", arch: "arm64", addresses: { home: "192.168.30.10" } });
const hostPorts = { host: "mac", from: 21000, to: 21999, http: 21080, https: 21443 };

const running = (...runs: readonly Placement[]): World => worldOf({ clusters: [clusterOf({ runs, provides })] });
const onKind = (...runs: readonly Placement[]): World =>
  worldOf({
    hosts: [mac],
    networks: [{ name: "home", cidr: "192.168.30.0/24" }, { name: "docker", cidr: "172.18.0.0/16" }],
    clusters: [{ ...clusterOf({ distribution: kind(), nodes: kindNodes("one", mac, 2, { cpu: 4, memory: "8Gi", ephemeralStorage: "50Gi" }), provides, runs }), network: { nodes: "docker", pods: "10.42.0.0/16", services: "10.43.0.0/16", api: "https://one:6443", hostPorts } }],
  });

const exposing = (scheme: "http" | "https" | "grpc") => place(appOf({ name: "shown", needs: { exposes: { ui: { port: 3000, scheme, reach: "lan" } } } }));
const configuration = (world: World): unknown => fieldIn(world, "nginx-ingress", "ConfigMap/nginx-ingress-config", "data");
const podOf = (world: World) => podTemplateOf(objectOf(world, "nginx-ingress", "Deployment/nginx-ingress"))?.spec;
const roleOf = (name: string): readonly Manifest[] => [objectOf(running(place(nginx)), "nginx-ingress", name)];
const rules = (name: string) => roleOf(name).flatMap((role) => (role["rules"] as readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[]).map(({ resources, verbs }) => `${verbs.join(",")} ${resources.join(",")}`));

test("an app is routed to by a plain Ingress of its class, whoever the controller is", () => {
  expect(fieldIn(running(place(nginx), exposing("http")), "shown", "Ingress/shown-ui", "spec")).toMatchObject({ ingressClassName: "nginx", rules: [{ host: "shown.one.test.example" }] });
});

test.each([
  ["http", { "nginx.org/websocket-services": "shown" }],
  ["https", { "nginx.org/websocket-services": "shown", "nginx.org/ssl-services": "shown" }],
  ["grpc", { "nginx.org/grpc-services": "shown" }],
] as const)("how to speak %s to the pods stands on the Ingress", (scheme, annotations) => {
  expect(fieldIn(running(place(nginx), exposing(scheme)), "shown", "Ingress/shown-ui", "metadata", "annotations")).toMatchObject(annotations);
});

test("policies let it reach what it routes to, on both sides", () => {
  const world = running(place(nginx), exposing("http"));
  const between = world.releases.map((release) => flowsOf(release, world).flatMap(({ from, to, port }) => (from.kind === "pods" && from.release === "one/nginx-ingress" && to.kind === "pods" ? [`${to.release} ${port}`] : [])));
  expect(between).toEqual([["one/shown 3000"], ["one/shown 3000"]]);
});

test("Ingress objects report the address that the lab names, and otherwise whatever the Service was given", () => {
  expect(configuration(running(place(nginx)))).toMatchObject({ "external-status-address": "192.168.40.200" });
  const { ingress: _ingress, ...network } = clusterOf().network;
  const unnamed = worldOf({ clusters: [{ ...clusterOf({ runs: [place(nginx)], provides }), network }] });
  expect(configuration(unnamed)).not.toHaveProperty("external-status-address");
  expect(podOf(unnamed)?.containers[0]?.args).toContain("-external-service=nginx-ingress-lan");
});

test("on Kind browsers are sent to the host's port", () => {
  expect(configuration(running(place(nginx)))).toMatchObject({ "ssl-redirect": "True" });
  expect(configuration(onKind(place(nginx)))).toMatchObject({ "ssl-redirect": "False", "server-snippets": "if ($scheme = http) { return 301 https://$host:21443$request_uri; }" });
});

test("it listens on low ports without being root, and gains no privilege", () => {
  const spec = podOf(running(place(nginx)));
  expect(spec?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 101, sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "80" }] });
  expect(spec?.containers[0]?.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } });
  expect(fieldIn(running(place(nginx)), "nginx-ingress", "Service/nginx-ingress-lan", "spec", "ports")).toMatchObject([{ port: 80, targetPort: 80 }, { port: 443, targetPort: 443 }]);
});

test("a pod that stops serves until callers are led elsewhere, and has time for those it has", () => {
  const spec = podOf(running(place(nginx)));
  expect(fieldOf(spec?.containers[0], "lifecycle", "preStop", "sleep", "seconds")).toBe(10);
  expect(Number(fieldOf(spec, "terminationGracePeriodSeconds"))).toBeGreaterThan(10 + 60);
});

test("it writes no Service and reads none of its own kinds, which upstream's role lets it", () => {
  expect(rules("ClusterRole/nginx-ingress")).toEqual([
    "list,watch services",
    "list,watch endpointslices",
    "list,watch pods",
    "list,watch secrets",
    "get,list,watch ingresses",
    "update ingresses/status",
    "get ingressclasses",
    "create,patch events",
  ]);
  expect(podOf(running(place(nginx)))?.containers[0]?.args).toEqual(expect.arrayContaining(["-enable-custom-resources=false", "-enable-telemetry-reporting=false"]));
});

test("only named proxies are believed about who called", () => {
  expect(configuration(running(place(nginx)))).not.toHaveProperty("set-real-ip-from");
  expect(configuration(running(place(nginx, { settings: { trustedProxies: ["192.168.40.0/24", "10.0.0.0/8"] } })))).toMatchObject({ "set-real-ip-from": "192.168.40.0/24,10.0.0.0/8", "real-ip-header": "X-Forwarded-For" });
});
