import type { Permission } from "../../engine/workload/account";

const monitoring = "monitoring.coreos.com";

/**
 * What the operator asks of the whole cluster. Upstream's role is wider: it holds every verb on every Secret, since there
 * Prometheus may stand anywhere. https://github.com/prometheus-operator/prometheus-operator/tree/main/example/rbac
 */
export const clusterPermissions: readonly Permission[] = [
  { groups: [monitoring], resources: ["servicemonitors", "podmonitors", "probes", "prometheusrules", "scrapeconfigs"], verbs: ["get", "list", "watch"], because: "what says whom to scrape and which rules to evaluate stands beside each app" },
  { resources: ["namespaces"], verbs: ["get", "list", "watch"], because: "selectors of namespaces are about their labels" },
  { groups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: ["get"], because: "it asks for the class of a volume before it makes the claim" },
  { groups: ["events.k8s.io"], resources: ["events"], verbs: ["create", "patch"], because: "it tells what it could not understand" },
];

/**
 * What it asks of a namespace where a Prometheus or an Alertmanager stands. It also asks for the kinds that nobody here
 * uses: without them it logs at each start what it was denied.
 */
export const instancePermissions: readonly Permission[] = [
  { groups: [monitoring], resources: ["prometheuses", "alertmanagers", "alertmanagerconfigs", "prometheusagents", "thanosrulers"], verbs: ["get", "list", "watch"], because: "it acts on these; without the kinds that nobody uses it logs at each start what it was denied" },
  { groups: [monitoring], resources: ["prometheuses/status", "alertmanagers/status", "prometheusagents/status", "thanosrulers/status"], verbs: ["patch", "update"], because: "how many of its pods are ready stands in their status" },
  { groups: ["apps"], resources: ["statefulsets"], verbs: ["create", "delete", "get", "list", "patch", "update", "watch"], because: "it makes the pods as these" },
  {
    resources: ["secrets"],
    verbs: ["create", "delete", "get", "list", "update", "watch"],
    because: "it writes the configuration of Prometheus and Alertmanager as Secrets, and reads those that receivers name",
  },
  { resources: ["configmaps"], verbs: ["create", "delete", "get", "list", "update", "watch"], because: "rules are handed to Prometheus as ConfigMaps" },
  { resources: ["services"], verbs: ["create", "get", "update"], because: "it makes the Service by which the pods of one have names" },
  { resources: ["pods"], verbs: ["list"], because: "how many are of the newest revision goes into the status" },
];
