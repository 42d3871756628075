import { grafana } from "../../apps/grafana/grafana";
import { ollama } from "../../apps/ollama/ollama";
import { model } from "../../apps/ollama/model";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { place, type Placement } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import { resolve, type World } from "../../engine/model/resolve";
import { prometheusMonitoring } from "../../apps/prometheus-operator/provides";
import { appOf, builtOf, clusterOf, labOf, worldOf } from "../lab-of";
import { monitoring, objectOf, watched } from "./monitoring";

const world = (...others: readonly Placement[]): World => watched(...monitoring(place(grafana), ...others));
const fileOf = (it: World, name: string, file: string): string => String(fieldOf(objectOf(it, "grafana", `ConfigMap/grafana-${name}`), "data", file));
const dashboardNames = (it: World): readonly string[] => objectsOf(it).flatMap(({ kind, metadata }) => (kind === "ConfigMap" && metadata.name.startsWith("grafana-dashboard-") ? [metadata.name.slice("grafana-dashboard-".length)] : []));
const objectsOf = (it: World): readonly Manifest[] => builtOf(it).find(({ release }) => release.name === "grafana")?.manifests ?? [];
const podOf = (it: World) => {
  const spec = podTemplateOf(objectOf(it, "grafana", "Deployment/grafana"))?.spec;
  if (!spec?.containers[0]) throw new Error("no pod");
  return { ...spec, main: spec.containers[0] };
};

const oidc = { issuer: "https://id.test.example" };
const endpoints = { authorize: "https://id.test.example/auth", token: "https://id.test.example/token", userinfo: "https://id.test.example/userinfo" };
const signedIn = (settings: object): World => worldOf({ oidc, clusters: [clusterOf({ runs: monitoring(place(grafana, { settings })), provides: { metrics: prometheusMonitoring() } })] });

test("it asks the Prometheus and the Alertmanager of its cluster", () => {
  const sources: unknown = JSON.parse(fileOf(world(), "data-sources", "hearth.yaml"));
  expect(fieldOf(sources, "datasources", 0)).toMatchObject({ uid: "prometheus", url: "http://prometheus.prometheus.svc.cluster.local:9090", jsonData: { timeInterval: "60s" } });
  expect(fieldOf(sources, "datasources", 1)).toMatchObject({ type: "alertmanager", url: "http://alertmanager.alertmanager.svc.cluster.local:9093" });
});

test("dashboards are about what runs beside it, and each is mounted where it looks", () => {
  const names = dashboardNames(world());
  expect(names).toEqual(expect.arrayContaining(["nodes", "overview", "workloads"]));
  expect(names).not.toEqual(expect.arrayContaining(["ceph"]));
  const mounted = podOf(world()).main.volumeMounts?.map(({ mountPath }) => mountPath);
  expect(mounted).toEqual(expect.arrayContaining(names.map((name) => `/var/lib/grafana-dashboards/${name}`)));
  expect(dashboardNames(world(place(ollama, { settings: { models: [model("llama3.2:1b", { size: "2Gi", gpuMemory: "2Gi" })], accelerator: "cpu" } })))).toContain("ollama");
});

test("a panel that nobody's metrics could fill is left out", () => {
  const titles = (it: World) => String(fileOf(it, "dashboard-overview", "overview.json"));
  expect(titles(world())).toContain('"Alerts that fire"');
  expect(titles(world())).not.toContain('"Applications out of sync"');
});

test("a dashboard that another release brings is shown without anybody copying it", () => {
  const brings = appOf({ name: "sensors", needs: { watches: { dashboards: { rooms: { title: "Rooms", panels: [] } } } } });
  expect(JSON.parse(fileOf(world(place(brings)), "dashboard-sensors-rooms", "sensors-rooms.json"))).toEqual({ title: "Rooms", panels: [] });
});

test("a dashboard has a stable address and panels that do not overlap", () => {
  const overview: unknown = JSON.parse(fileOf(world(), "dashboard-overview", "overview.json"));
  expect(fieldOf(overview, "uid")).toBe("overview");
  const cells = [fieldOf(overview, "panels")].flat().flatMap((panel) => {
    const at = (field: string): number => Number(fieldOf(panel, "gridPos", field));
    return Array.from({ length: at("w") * at("h") }, (_, cell) => `${at("x") + (cell % at("w"))},${at("y") + Math.floor(cell / at("w"))}`);
  });
  expect(cells.length).toBeGreaterThan(100);
  expect(new Set(cells).size).toBe(cells.length);
  expect(cells.every((cell) => parseInt(cell) < 24)).toBe(true);
});

test("it writes to its scratch space alone, as the image's own user", () => {
  const pod = podOf(world());
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 472 });
  expect(pod.main.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
  expect(pod.main.volumeMounts?.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath)).toEqual(["/var/lib/grafana", "/tmp"]);
});

test("it looks for nothing on the internet, and could not reach it", () => {
  const it = world();
  const release = it.releases.find(({ name }) => name === "grafana");
  expect(release && flowsOf(release, it).filter(({ to }) => to.kind === "addresses")).toEqual([]);
  const ini = fileOf(it, "config", "grafana.ini");
  for (const line of ["reporting_enabled = false", "check_for_updates = false", "preinstall_disabled = true", "preinstall_auto_update = false"]) expect(ini).toContain(line);
});

test("an issuer that the lab's authority signs is believed, beside the public ones", () => {
  const at = (path: string) => `https://id.one.test.example/${path}`;
  const settings = { signIn: "lab" as const, oidc: { authorize: at("auth"), token: at("token"), userinfo: at("userinfo") } };
  const it = worldOf({ oidc: { issuer: at("") }, authority: { roots: ["root\n"] }, clusters: [clusterOf({ runs: monitoring(place(grafana, { settings })), provides: { metrics: prometheusMonitoring() } })] });
  expect(podOf(it)).toMatchObject({ initContainers: [{ name: "trusted" }], main: { env: expect.arrayContaining([{ name: "SSL_CERT_FILE", value: "/trusted/authorities.crt" }]) } });
  expect(podOf(signedIn({ signIn: "lab", oidc: endpoints })).initContainers).toBeUndefined();
});

test("nobody enters without a password, which stands in a Secret", () => {
  expect(fileOf(world(), "config", "grafana.ini")).toContain("[auth.anonymous]\nenabled = false");
  expect(podOf(world()).main.env?.find(({ name }) => name === "GF_SECURITY_ADMIN_PASSWORD")?.valueFrom).toMatchObject({ secretKeyRef: {} });
});

describe("signing in where the lab does", () => {
  test("asks the issuer, with the client's secret from the vault", () => {
    const it = signedIn({ oidc: endpoints });
    expect(fileOf(it, "config", "grafana.ini")).toContain("token_url = https://id.test.example/token");
    expect(it.releases.find(({ name }) => name === "grafana")?.needs.secrets?.["oidcSecret"]).toEqual({ from: "vault", key: "one-grafana-oidc" });
    expect(podOf(it).main.env?.map(({ name }) => name)).toContain("GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET");
  });

  test("is a finding where Grafana does not know how to ask", () => {
    const rulesOf = (settings: object) => resolve(labOf({ oidc, clusters: [clusterOf({ runs: monitoring(place(grafana, { settings })), provides: { metrics: prometheusMonitoring() } })] })).findings.map(({ rule }) => rule);
    expect(rulesOf({})).toEqual(["grafana-oidc"]);
    expect(rulesOf({ signIn: "password" })).toEqual([]);
  });
});
