import { build } from "../../engine/build/release";
import { fieldOf, objectName } from "../../engine/model/manifest";
import type { Needs } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { prometheusOperator } from "../../apps/prometheus-operator/prometheus-operator";
import { appOf, builtOf } from "../lab-of";
import { fieldIn, monitoring, objectOf, watched } from "./monitoring";

const flagsIn = (world: ReturnType<typeof watched>): unknown => fieldIn(world, "prometheus-operator", "Deployment/prometheus-operator", "spec", "template", "spec", "containers", 0, "args");

describe("the operator", () => {
  test("touches Secrets only where a Prometheus or an Alertmanager stands", () => {
    const manifests = builtOf(watched(...monitoring())).find(({ release }) => release.name === "prometheus-operator")?.manifests ?? [];
    const roles = manifests.filter(({ kind, ...manifest }) => kind.endsWith("Role") && JSON.stringify(manifest["rules"]).includes('"secrets"'));
    expect(roles.map(({ kind, metadata }) => `${kind} in ${metadata.namespace ?? "every namespace"}`).sort()).toEqual(["Role in alertmanager", "Role in prometheus"]);
  });

  test("looks for custom resources where it may read them, under whatever name they are placed", () => {
    const renamed = place(monitoring()[1]?.app ?? prometheusOperator, { as: "metrics" });
    expect(flagsIn(watched(place(prometheusOperator), renamed))).toEqual(expect.arrayContaining(["--prometheus-instance-namespaces=metrics", "--alertmanager-instance-namespaces=metrics"]));
  });

  test("looks nowhere but at home where nothing is placed yet", () => {
    expect(flagsIn(watched(place(prometheusOperator)))).toContain("--prometheus-instance-namespaces=prometheus-operator");
  });
});

describe("what an app wants watched", () => {
  const written = (needs: Needs) => {
    const world = watched(place(appOf({ name: "app", needs })), ...monitoring());
    const release = world.releases.find(({ name }) => name === "app");
    if (!release) throw new Error("the app was not placed");
    const { manifests } = build(release, world);
    return (name: string) => manifests.find((manifest) => objectName(manifest) === name);
  };

  test("is a ServiceMonitor of exactly the Service with its metrics", () => {
    const object = written({ watches: { metrics: { http: { port: 8080, path: "/probe", interval: "5m", series: [] } } } });
    const selected = fieldOf(object("ServiceMonitor/app-http"), "spec", "selector", "matchLabels");
    expect(fieldOf(object("Service/app-metrics"), "metadata", "labels")).toMatchObject(selected as object);
    expect(fieldOf(object("ServiceMonitor/app-http"), "spec", "endpoints", 0)).toMatchObject({ port: "http", path: "/probe", interval: "5m" });
  });

  test("is scraped with the scraper's own token where it asks for one", () => {
    const object = written({ watches: { metrics: { https: { port: 8443, scheme: "https", bearer: true, insecureSkipVerify: true, series: [] } } } });
    expect(fieldOf(object("ServiceMonitor/app-https"), "spec", "endpoints", 0)).toMatchObject({
      scheme: "https",
      tlsConfig: { insecureSkipVerify: true },
      bearerTokenFile: "/var/run/secrets/kubernetes.io/serviceaccount/token",
    });
  });

  test("keeps its own labels where it speaks of others", () => {
    const object = written({ watches: { metrics: { http: { port: 8080, series: [], honorLabels: true } } } });
    expect(fieldOf(object("ServiceMonitor/app-http"), "spec", "endpoints", 0)).toMatchObject({ honorLabels: true, relabelings: [{ action: "labeldrop" }] });
  });

  test("says which node it stands on where it speaks of itself", () => {
    const object = written({ watches: { metrics: { http: { port: 8080, series: [] } } } });
    expect(fieldOf(object("ServiceMonitor/app-http"), "spec", "endpoints", 0, "relabelings")).toEqual([{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }]);
  });

  test("brings its rules with a severity and words", () => {
    const rules = [
      { record: "app:requests:rate5m", expr: "sum(rate(requests_total[5m]))" },
      { alert: "AppDown", expr: "up == 0", for: "5m", severity: "critical", summary: "down", description: "really" },
    ] as const;
    const object = written({ watches: { rules: [{ name: "app", rules }] } });
    expect(fieldOf(object("PrometheusRule/app"), "spec", "groups", 0, "rules")).toEqual([
      { record: "app:requests:rate5m", expr: "sum(rate(requests_total[5m]))" },
      { alert: "AppDown", expr: "up == 0", for: "5m", labels: { severity: "critical" }, annotations: { summary: "down", description: "really" } },
    ]);
  });

  test("brings dashboards as Grafana's sidecar looks for them", () => {
    const object = written({ watches: { dashboards: { overview: { title: "App", panels: [] } } } });
    expect(fieldOf(object("ConfigMap/app-dashboard-overview"), "metadata", "labels")).toMatchObject({ grafana_dashboard: "1" });
    expect(fieldOf(object("ConfigMap/app-dashboard-overview"), "data")).toEqual({ "app-overview.json": '{"title":"App","panels":[]}' });
  });
});

test("an app that nobody watches gets no monitor", () => {
  expect(() => objectOf(watched(place(appOf({ name: "app" })), ...monitoring()), "app", "ServiceMonitor/app-http")).toThrow("has no");
});
