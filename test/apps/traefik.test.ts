import { traefikIngress } from "../../apps/traefik/provides";
import { traefik } from "../../apps/traefik/traefik";
import { flowsOf } from "../../engine/model/flow";
import { kind } from "../../engine/model/distribution";
import { kindNodes } from "../../engine/model/kind-nodes";
import { fieldOf, objectName, type Manifest } from "../../engine/model/manifest";
import { place, type Placement } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import type { World } from "../../engine/model/resolve";
import { appOf, builtOf, clusterOf, hostOf, worldOf, worldRunning } from "../lab-of";

const shown = appOf({ name: "shown", needs: { exposes: { ui: { port: 3000, scheme: "http", reach: "lan" }, admin: { port: 9000, scheme: "http", reach: "cluster" } } } });

const mac = hostOf({ name: "mac", arch: "arm64", addresses: { home: "192.168.30.10" } });

/** A Kind cluster on a Mac, whose ports 21080 and 21443 lead in. */
function onKind(...runs: readonly Placement[]): World {
  const { network, ...rest } = clusterOf({ distribution: kind(), nodes: kindNodes("one", mac, 2, { cpu: 4, memory: "8Gi", ephemeralStorage: "50Gi" }), runs });
  const { pools: _pools, ingress: _ingress, ...docker } = network;
  return worldOf({
    hosts: [mac],
    networks: [{ name: "home", cidr: "192.168.30.0/24" }, { name: "docker", cidr: "172.18.0.0/16" }],
    clusters: [{ ...rest, network: { ...docker, nodes: "docker", hostPorts: { host: "mac", from: 21000, to: 21999, http: 21080, https: 21443 } } }],
  });
}

const manifests = (world: World): readonly Manifest[] => builtOf(world).flatMap((built) => built.manifests);

const argsIn = (world: World): readonly string[] => manifests(world).flatMap((it) => podTemplateOf(it)?.spec.containers.flatMap(({ args = [] }) => args) ?? []);

test("Ingress objects report the address that the lab gives its ingress", () => {
  expect(argsIn(worldRunning(place(traefik)))).toContain("--providers.kubernetesingress.ingressendpoint.ip=192.168.40.200");
});

test("on Kind they report the host's, and browsers are sent to the host's port", () => {
  const args = argsIn(onKind(place(traefik)));
  expect(args).toContain("--providers.kubernetesingress.ingressendpoint.ip=192.168.30.10");
  expect(args).toContain("--entrypoints.web.http.redirections.entrypoint.to=:21443");
});

test("a cluster that names no address reports whatever the Service was given", () => {
  const { ingress: _ingress, ...network } = clusterOf().network;
  const world = worldOf({ clusters: [{ ...clusterOf({ runs: [place(traefik)] }), network }] });
  expect(argsIn(world)).toContain("--providers.kubernetesingress.ingressendpoint.publishedservice=traefik/traefik-lan");
});

test("it listens where no root is needed, and is called on the ports that everybody knows", () => {
  const service = manifests(worldRunning(place(traefik))).find(({ kind: of, metadata }) => of === "Service" && metadata.name === "traefik-lan");
  expect(fieldOf(service, "spec", "type")).toBe("LoadBalancer");
  expect(fieldOf(service, "spec", "ports")).toMatchObject([{ port: 80, targetPort: 8000 }, { port: 443, targetPort: 8443 }]);
});

test("on Kind the host's ports lead to fixed ports of the nodes", () => {
  const service = manifests(onKind(place(traefik))).find(({ kind: of, metadata }) => of === "Service" && metadata.name === "traefik-lan");
  expect(fieldOf(service, "spec", "type")).toBe("NodePort");
  expect(fieldOf(service, "spec", "ports")).toMatchObject([{ port: 80, nodePort: 30080 }, { port: 443, nodePort: 30443 }]);
});

test("what is routed leaves the ingress and enters the app, and what is not routed does neither", () => {
  const world = worldRunning(place(traefik), place(shown));
  const between = world.releases.map((release) =>
    flowsOf(release, world).filter(({ from, to }) => from.kind === "pods" && from.release === "one/traefik" && to.kind === "pods" && to.release === "one/shown"),
  );
  expect(between.map((flows) => flows.map(({ port }) => port))).toEqual([[3000], [3000]]);
});

test("how to speak to an app's pods stands on its Service, the only place where Traefik looks for it", () => {
  const speaking = (scheme: "http" | "https" | "grpc") => {
    const app = appOf({ needs: { exposes: { api: { port: 3000, scheme, reach: "lan" } } } });
    const world = worldOf({ clusters: [clusterOf({ provides: { ingress: traefikIngress() }, runs: [place(app)] })] });
    return manifests(world).find((it) => objectName(it) === "Service/app")?.metadata.annotations?.["traefik.ingress.kubernetes.io/service.serversscheme"];
  };
  expect([speaking("http"), speaking("https"), speaking("grpc")]).toEqual([undefined, "https", "h2c"]);
});

test("it reads no more of the cluster for Gateway API than it is asked to", () => {
  const groups = (placement: Placement) =>
    manifests(worldRunning(placement)).filter(({ kind: of }) => of === "ClusterRole").flatMap((role) => (role["rules"] as readonly { apiGroups: readonly string[] }[]).flatMap((rule) => rule.apiGroups));
  expect(groups(place(traefik))).not.toContain("gateway.networking.k8s.io");
  expect(groups(place(traefik, { settings: { gatewayApi: true } }))).toContain("gateway.networking.k8s.io");
});

test("only named proxies are believed about who called", () => {
  expect(argsIn(worldRunning(place(traefik))).filter((arg) => arg.includes("forwardedheaders"))).toEqual([]);
  expect(argsIn(worldRunning(place(traefik, { settings: { trustedProxies: ["192.168.40.0/24"] } })))).toContain("--entrypoints.websecure.forwardedheaders.trustedips=192.168.40.0/24");
});
