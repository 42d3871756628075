import { alertmanager } from "../../apps/alertmanager/alertmanager";
import { prometheusMonitoring } from "../../apps/prometheus-operator/provides";
import { prometheusOperator } from "../../apps/prometheus-operator/prometheus-operator";
import { prometheus } from "../../apps/prometheus/prometheus";
import type { External } from "../../engine/model/external";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf } from "../../engine/model/manifest";
import { nameOfSeries } from "../../engine/model/series";
import { place } from "../../engine/model/placement";
import { resolve, type World } from "../../engine/model/resolve";
import { clusterOf, hostOf, labOf, worldOf } from "../lab-of";
import { nodeOn } from "../../engine/model/cluster";
import { fieldIn, monitoring, objectOf, watched, watchedOnKind } from "./monitoring";

const spec = (world: World, ...path: readonly (string | number)[]): unknown => fieldIn(world, "prometheus", "Prometheus/prometheus", "spec", ...path);
const releaseIn = (world: World, name: string) => {
  const found = world.releases.find((release) => release.name === name);
  if (!found) throw new Error(`no release ${name}`);
  return found;
};

test("history may fill 85% of the volume, in a unit that Prometheus reads", () => {
  expect(spec(watched(...monitoring(place(prometheus, { settings: { space: "100Gi" } }))), "retentionSize")).toBe("87040MiB");
});

test("one word makes history precious", () => {
  const world = watched(...monitoring(place(prometheus, { settings: { worth: "precious" } })));
  expect(releaseIn(world, "prometheus").needs.stores?.["data"]?.worth).toBe("precious");
});

test("claims are declared under the names that the operator gives them", () => {
  const world = watched(...monitoring(place(prometheus, { as: "metrics", settings: { replicas: 2 } })));
  expect(releaseIn(world, "metrics").makes[0]?.claims).toEqual({ data: ["prometheus-metrics-db-prometheus-metrics-0", "prometheus-metrics-db-prometheus-metrics-1"] });
});

test("the Service selects pods by labels that they get", () => {
  const world = watched(...monitoring());
  const selector = fieldIn(world, "prometheus", "Service/prometheus", "spec", "selector");
  expect(spec(world, "podMetadata", "labels")).toEqual(selector);
  expect(releaseIn(world, "prometheus").makes[0]?.labels).toEqual(selector);
});

test("two replicas are spread and lose one at a time, one has no budget", () => {
  const two = watched(...monitoring(place(prometheus, { settings: { replicas: 2 } })));
  expect(fieldIn(two, "prometheus", "PodDisruptionBudget/prometheus", "spec", "maxUnavailable")).toBe(1);
  expect(spec(two, "topologySpreadConstraints")).toHaveLength(1);
  expect(() => objectOf(watched(...monitoring()), "prometheus", "PodDisruptionBudget/prometheus")).toThrow("has no");
});

test("alerts go to every Alertmanager behind the Service of its own cluster", () => {
  expect(spec(watched(...monitoring()), "alerting", "alertmanagers")).toEqual([{ name: "alertmanager", namespace: "alertmanager", port: 9093, scheme: "http", apiVersion: "v2" }]);
});

test("an Alertmanager on another cluster is called at its host name", () => {
  const far = hostOf({ name: "two-1", last: 31 });
  const metrics = prometheusMonitoring();
  const world = worldOf({
    hosts: [hostOf(), hostOf({ name: "one-2", last: 12 }), far],
    clusters: [
      clusterOf({ runs: [place(prometheusOperator), place(prometheus, { using: { alertmanager: "two/alertmanager" } })], provides: { metrics } }),
      clusterOf({ name: "two", nodes: [nodeOn(far, { network: "lan", role: "control-plane" })], network: { ingress: "192.168.40.210" }, runs: [place(alertmanager)], provides: { metrics: undefined } }),
    ],
  });
  expect(spec(world, "alerting", "alertmanagers", 0)).toMatchObject({ scheme: "https", relabelings: [{ targetLabel: "__address__", replacement: "alertmanager.two.test.example:443" }] });
});

test("without an Alertmanager it tells nobody, and that is no error", () => {
  expect(spec(watched(place(prometheusOperator), place(prometheus)), "alerting")).toBeUndefined();
});

test("kubelets are verified where the cluster's CA signed them, and nowhere else", () => {
  expect(fieldIn(watched(...monitoring()), "prometheus", "ScrapeConfig/prometheus-kubelet", "spec", "tlsConfig")).toBeUndefined();
  expect(fieldIn(watchedOnKind(...monitoring()), "prometheus", "ScrapeConfig/prometheus-kubelet", "spec", "tlsConfig")).toEqual({ insecureSkipVerify: true });
});

test("what is not declared is not kept of kubelets", () => {
  const world = watched(...monitoring());
  const kept = fieldIn(world, "prometheus", "ScrapeConfig/prometheus-kubelet", "spec", "metricRelabelings", 0);
  expect(fieldOf(kept, "action")).toBe("keep");
  expect(String(fieldOf(kept, "regex")).split("|")).toEqual(releaseIn(world, "prometheus").needs.watches?.scrapes?.["kubelet"]?.map(nameOfSeries));
});

test("it may reach every kubelet and the node exporters", () => {
  const world = watched(...monitoring());
  const toNodes = flowsOf(releaseIn(world, "prometheus"), world).filter(({ to }) => to.kind === "addresses").map(({ port }) => port);
  expect(toNodes).toEqual(expect.arrayContaining([10250, 9100, 6443]));
});

test("it reads no Secret", () => {
  const rules = fieldIn(watched(...monitoring()), "prometheus", "ClusterRole/prometheus", "rules");
  expect(JSON.stringify(rules)).not.toContain("secrets");
  expect(JSON.stringify(rules)).toContain("endpointslices");
});

test("remote write to the internet names where its password is", () => {
  const world = watched(...monitoring(place(prometheus, { settings: { remoteWrite: { to: "internet", host: "metrics.example.org", user: "lab", passwordKey: "metrics/access" } } })));
  const login = { name: "prometheus-remote-write", key: "password" };
  expect(spec(world, "remoteWrite")).toEqual([{ name: "internet", url: "https://metrics.example.org/api/v1/write", basicAuth: { username: { ...login, key: "user" }, password: login } }]);
});

test("remote write within the lab goes to what speaks it", () => {
  const nas: External = { name: "nas", address: "192.168.40.5", port: 8428, scheme: "http", speaks: "prometheus-remote-write" };
  const placement = place(prometheus, { using: { remoteWrite: "nas" }, settings: { remoteWrite: { to: "lab" } } });
  const world = worldOf({ externals: [nas], clusters: [clusterOf({ runs: monitoring(placement), provides: { metrics: prometheusMonitoring() } })] });
  expect(spec(world, "remoteWrite")).toEqual([{ name: "lab", url: "http://192.168.40.5:8428/api/v1/write" }]);
});

test("a volume holds the history that is promised, at two bytes a sample", () => {
  const found = (settings: object) => resolve(labOf({ clusters: [clusterOf({ runs: [place(prometheus, { settings })] })] })).findings.filter(({ rule }) => rule === "history-fits").map((it) => it.found);
  expect(found({})).toEqual([]);
  expect(found({ space: "10Gi", retention: "30d" })).toEqual(["10Gi for 30d of 100000 series every 30s: it fills after 15.1 days, and the oldest goes"]);
  expect(found({ space: "10Gi", retention: "30d", scrapeInterval: "60s" })).toEqual([]);
});
