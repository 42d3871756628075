import { execFileSync } from "node:child_process";
import type { RuleGroup } from "../../engine/model/needs";
import { programPath } from "../../tools/programs";
import { kubeStateMetricsCases } from "./cases/kube-state-metrics";
import { nodeExporterCases } from "./cases/node-exporter";
import { ollamaCases } from "./cases/ollama";
import { alertmanagerCases, metricsServerCases, prometheusOperatorCases } from "./cases/others";
import { prometheusCases } from "./cases/prometheus";
import { catalogue, distinct, fullMonitoring } from "./catalogue";
import { checkRules, failedCase, type Case } from "./promtool";
import { describeWithGo } from "./with-go";

describeWithGo("rules, asked of promtool", ["promtool", "promql-names"], () => {
  test.each(distinct)("$release: Prometheus accepts every rule", ({ groups }) => {
    expect(checkRules(groups)).toBe("");
  });

  test("rules ask only for metrics that something on their cluster serves", () => {
    expect(catalogue.length).toBeGreaterThan(20);
    expect(catalogue.flatMap(({ release, groups, metrics }) => namesIn(groups).filter((name) => !metrics.has(name)).map((name) => `${release}: ${name}`))).toEqual([]);
  });

  test("a rule with a typing error is refused", () => {
    expect(checkRules([{ name: "broken", rules: [{ record: "a:b", expr: "sum(rate(up[5m])" }] }])).toContain("parse error");
  });

  test("a case that the rules do not bear out fails", () => {
    const rules = [{ name: "down", rules: [{ alert: "Down", expr: "up == 0", severity: "warning", summary: "", description: "" }] }] as const;
    expect(failedCase(rules, { says: "", alert: "Down", series: { up: "0x5" }, at: "2m" })).toContain("FAILED");
  });
});

const cases: Readonly<Record<string, readonly Case[]>> = {
  "node-exporter": nodeExporterCases,
  "kube-state-metrics": kubeStateMetricsCases,
  prometheus: prometheusCases,
  alertmanager: alertmanagerCases,
  "prometheus-operator": prometheusOperatorCases,
  "metrics-server": metricsServerCases,
  ollama: ollamaCases,
};

describe.each(Object.keys(cases))("alerts of %s", (release) => {
  const groups: readonly RuleGroup[] = fullMonitoring.releases.find(({ name }) => name === release)?.needs.watches?.rules ?? [];

  describeWithGo("asked of promtool", ["promtool"], () => {
    test.each(cases[release] ?? [])("$alert: $says", (it) => {
      expect(failedCase(groups, it)).toBe("");
    });
  });

  test("a case is about an alert that there is", () => {
    const alerts = groups.flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])));
    expect((cases[release] ?? []).map(({ alert }) => alert).filter((alert) => !alerts.includes(alert))).toEqual([]);
  });
});

/** The metrics that rules ask for, by Prometheus' own parser. */
function namesIn(groups: readonly RuleGroup[]): readonly string[] {
  const expressions = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  const names: readonly (readonly string[])[] = JSON.parse(execFileSync(programPath("promql-names"), { input: JSON.stringify(expressions), encoding: "utf8" }));
  return [...new Set(names.flat())];
}
