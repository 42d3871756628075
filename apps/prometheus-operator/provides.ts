import { KubeConfigMap } from "cdk8s-plus-30/lib/imports/k8s";
import {
  PrometheusRule,
  PrometheusRuleSpecGroupsRulesExpr,
  ServiceMonitor,
  ServiceMonitorSpecEndpointsRelabelingsAction,
  ServiceMonitorSpecEndpointsScheme,
  type PrometheusRuleSpecGroups,
  type PrometheusRuleSpecGroupsRules,
  type ServiceMonitorSpecEndpoints,
  type ServiceMonitorSpecEndpointsRelabelings,
} from "../../imports/prometheus-operator";
import type { MetricsPort, Rule, RuleGroup } from "../../engine/model/needs";
import type { MetricsProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";
import { PlainObject } from "../../engine/workload/plain-object";

/** Where the kubelet puts the token and the cluster's CA into every pod that has an account. */
const account = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * Monitoring by the objects that prometheus-operator reads: a ServiceMonitor for each port, a PrometheusRule for a release's
 * rules, and for each dashboard a ConfigMap as Grafana's sidecar looks for it.
 */
export const prometheusMonitoring = recipe((options: { readonly scraper?: string } = {}): MetricsProvider => {
  return {
    backedBy: "prometheus-operator",
    scraper: options.scraper ?? "prometheus",

    // Of a Service's endpoints: pkg/prometheus/promcfg.go, generateServiceMonitorConfig.
    targetLabels: ({ honorLabels }) => (honorLabels ? [] : ["namespace", "pod", "container", "service", "endpoint", "node"]),

    watch({ chart, release }, name, _service, port) {
      const component = port.component ?? release.app.name;
      new PlainObject(chart, `monitor-${name}`, ServiceMonitor.manifest({
        metadata: { name: `${release.name}-${name}` },
        spec: {
          // The series' `job`: without it, the name of the metrics Service.
          jobLabel: "app.kubernetes.io/instance",
          selector: { matchLabels: { "app.kubernetes.io/instance": release.name, "app.kubernetes.io/component": `${component}-metrics` } },
          endpoints: [endpointOf(name, port)],
        },
      }));
    },

    alert({ chart, release }, groups) {
      new PlainObject(chart, "rules", PrometheusRule.manifest({ metadata: { name: release.name }, spec: { groups: groups.map(groupOf) } }));
    },

    dashboard({ chart, release }, name, dashboard) {
      new PlainObject(chart, `dashboard-${name}`, KubeConfigMap.manifest({
        metadata: { name: `${release.name}-dashboard-${name}`, labels: { grafana_dashboard: "1" } },
        data: { [`${release.name}-${name}.json`]: JSON.stringify(dashboard) },
      }));
    },
  };
});

function endpointOf(name: string, port: MetricsPort): ServiceMonitorSpecEndpoints {
  const https = port.scheme === "https";
  return {
    port: name,
    ...(port.path ? { path: port.path } : {}),
    ...(port.interval ? { interval: port.interval } : {}),
    ...(https ? { scheme: ServiceMonitorSpecEndpointsScheme.HTTPS, tlsConfig: port.insecureSkipVerify ? { insecureSkipVerify: true } : { caFile: `${account}/ca.crt` } } : {}),
    // Deprecated in favour of a Secret, which would need a token that never ends; the file's is renewed by the kubelet.
    ...(port.bearer ? { bearerTokenFile: `${account}/token` } : {}),
    ...(port.honorLabels ? { honorLabels: true } : {}),
    relabelings: port.honorLabels ? [withoutTarget] : [withNode],
  };
}

/** Which node the target stands on: rules and dashboards join on it. */
const withNode: ServiceMonitorSpecEndpointsRelabelings = { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" };

/** What a target says about others must not look as if it were about the target's own pod. */
const withoutTarget: ServiceMonitorSpecEndpointsRelabelings = {
  action: ServiceMonitorSpecEndpointsRelabelingsAction.LABELDROP,
  regex: "namespace|pod|container|service|endpoint",
};

const groupOf = (group: RuleGroup): PrometheusRuleSpecGroups => ({
  name: group.name,
  ...(group.interval ? { interval: group.interval } : {}),
  rules: group.rules.map(ruleOf),
});

function ruleOf(rule: Rule): PrometheusRuleSpecGroupsRules {
  const expr = PrometheusRuleSpecGroupsRulesExpr.fromString(rule.expr);
  if ("record" in rule) return { record: rule.record, expr };
  return {
    alert: rule.alert,
    expr,
    ...(rule.for ? { for: rule.for } : {}),
    labels: { severity: rule.severity },
    annotations: { summary: rule.summary, description: rule.description },
  };
}
