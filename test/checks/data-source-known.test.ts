import { dataSourceKnown } from "../../engine/checks/manifests/data-source-known";
import { builtFrom } from "../lab-of";
import { object } from "./objects";

const sources = object("ConfigMap", "sources", { data: { "hearth.yaml": JSON.stringify({ apiVersion: 1, datasources: [{ name: "Prometheus", type: "prometheus", uid: "prometheus" }] }) } });
const dashboard = (uid: string) => object("ConfigMap", "dashboard", { data: { "one.json": JSON.stringify({ uid: "one", panels: [{ type: "stat", datasource: { type: "prometheus", uid } }] }) } });
const found = (...objects: Parameters<typeof builtFrom>[0]) => dataSourceKnown(builtFrom(objects).built).map((it) => it.found);

test("a dashboard that asks a data source which nobody provisioned is named", () => {
  expect(found(sources, dashboard("promethius"))).toEqual(['ConfigMap/dashboard: one.json asks data source "promethius"']);
});

test("what is provisioned, chosen by a variable or Grafana's own is known", () => {
  expect(found(sources, dashboard("prometheus"))).toEqual([]);
  expect(found(sources, dashboard("${source}"))).toEqual([]);
  expect(found(sources, dashboard("-- Grafana --"))).toEqual([]);
});

test("a provisioning file in YAML is read as well", () => {
  const yaml = object("ConfigMap", "sources", { data: { "own.yaml": "datasources:\n  - name: Loki\n    uid: loki\n" } });
  expect(found(yaml, dashboard("loki"))).toEqual([]);
  expect(found(yaml, dashboard("prometheus"))).toHaveLength(1);
});

test("without a Grafana of the lab dashboards are somebody else's", () => {
  expect(found(dashboard("anything"))).toEqual([]);
});
