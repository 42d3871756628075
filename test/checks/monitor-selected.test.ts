import { monitorSelected } from "../../engine/checks/manifests/monitor-selected";
import type { Manifest } from "../../engine/model/manifest";
import { builtFrom } from "../lab-of";
import { object } from "./objects";

const server = (spec: object): Manifest => ({ ...object("Prometheus", "prometheus"), spec });
const monitor = (namespace = "app"): Manifest => ({ ...object("ServiceMonitor", "web"), metadata: { name: "web", namespace, labels: { team: "a" } } });
const found = (...objects: readonly Manifest[]) => monitorSelected(builtFrom(objects).built).map((it) => it.found);
const ignored = ["Prometheus/prometheus takes none of: app's ServiceMonitor/web"];

test("a monitor that no Prometheus takes is found: by its labels, by its namespace, or because it takes none at all", () => {
  expect(found(server({ serviceMonitorSelector: { matchLabels: { team: "b" } } }), monitor())).toEqual(ignored);
  expect(found(server({ serviceMonitorSelector: {} }), monitor("other"))).toEqual(ignored);
  expect(found(server({ serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: { matchLabels: { watched: "yes" } } }), monitor("other"), object("Namespace", "other"))).toEqual(ignored);
  expect(found(server({}), monitor())).toEqual(ignored);
  expect(found(server({ serviceMonitorSelector: {} }), object("PrometheusRule", "rules"))).toEqual(["Prometheus/prometheus takes none of: app's PrometheusRule/rules"]);
});

test("one of several is enough, and where there is none, monitors are for somebody else's", () => {
  const labelled: Manifest = { ...object("Namespace", "other"), metadata: { name: "other", labels: { watched: "yes" } } };
  expect(found(server({}), server({ serviceMonitorSelector: { matchLabels: { team: "a" } } }), monitor())).toEqual([]);
  expect(found(server({ serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} }), monitor("other"))).toEqual([]);
  expect(found(server({ serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: { matchLabels: { watched: "yes" } } }), monitor("other"), labelled)).toEqual([]);
  expect(found(monitor())).toEqual([]);
});
