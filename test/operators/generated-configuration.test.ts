import { ruleGroups, untold } from "../../tools/operators/scenarios/generated-configuration";

const monitoring = (kind: string, name: string, spec: object = {}) => ({ apiVersion: "monitoring.coreos.com/v1", kind, metadata: { name, namespace: "web" }, spec });
const cluster = { objects: [monitoring("ServiceMonitor", "server"), monitoring("PrometheusRule", "server", { groups: [{ name: "alerts", rules: [] }] })] };
const whole = "- job_name: serviceMonitor/web/server/0\n";

test("every committed target and rule is looked for", () => {
  expect(ruleGroups(cluster)).toEqual(["alerts"]);
  expect(untold(cluster, whole, "- name: alerts\n")).toBeUndefined();
});

test("a target or a group that is not there is named", () => {
  expect(untold(cluster, "", "- name: alerts\n")).toBe("it does not scrape serviceMonitor/web/server");
  expect(untold(cluster, whole, "")).toBe("it has no rule group alerts");
});
