import type { Permission } from "../../engine/workload/account";

const monitoring = "monitoring.coreos.com";

/**
 * What the operator asks of the whole cluster. Upstream's role is wider: it holds every verb on every Secret, since there
 * Prometheus may stand anywhere. https://github.com/prometheus-operator/prometheus-operator/tree/main/example/rbac
 */
export const clusterPermissions: readonly Permission[] = [
  // What says whom to scrape and which rules to evaluate stands beside each app.
  { groups: [monitoring], resources: ["servicemonitors", "podmonitors", "probes", "prometheusrules", "scrapeconfigs"], verbs: ["get", "list", "watch"] },
  { resources: ["namespaces"], verbs: ["get", "list", "watch"] },
  { groups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: ["get"] },
  { groups: ["events.k8s.io"], resources: ["events"], verbs: ["create", "patch"] },
];

/**
 * What it asks of a namespace where a Prometheus or an Alertmanager stands. It also asks for the kinds that nobody here
 * uses: without them it logs at each start what it was denied.
 */
export const instancePermissions: readonly Permission[] = [
  { groups: [monitoring], resources: ["prometheuses", "alertmanagers", "alertmanagerconfigs", "prometheusagents", "thanosrulers"], verbs: ["get", "list", "watch"] },
  { groups: [monitoring], resources: ["prometheuses/status", "alertmanagers/status", "prometheusagents/status", "thanosrulers/status"], verbs: ["patch", "update"] },
  { groups: ["apps"], resources: ["statefulsets"], verbs: ["create", "delete", "get", "list", "patch", "update", "watch"] },
  {
    resources: ["secrets"],
    verbs: ["create", "delete", "get", "list", "update", "watch"],
    because: "it writes the configuration of Prometheus and Alertmanager as Secrets, and reads those that receivers name",
  },
  { resources: ["configmaps"], verbs: ["create", "delete", "get", "list", "update", "watch"] },
  { resources: ["services"], verbs: ["create", "get", "update"] },
  { resources: ["pods"], verbs: ["list"] },
];
