import { graph, number, table, type Dashboard } from "./panel";

/** Is anything wrong, and is there room: what one looks at first. */
export const overview: Dashboard = {
  name: "overview",
  title: "Overview",
  rows: [
    {
      title: "Now",
      panels: [
        number("Alerts that fire", "short", 'count(ALERTS{alertstate="firing", alertname!="Watchdog"}) or vector(0)', { badFrom: 1 }),
        number("Targets down", "short", "count(up == 0) or vector(0)", { badFrom: 1 }),
        number("Nodes not ready", "short", 'sum(kube_node_status_condition{condition="Ready", status!="true"})', { badFrom: 1 }),
        number("Pods not ready", "short", 'sum(kube_pod_status_ready{condition="false"} unless on (namespace, pod) kube_pod_status_phase{phase="Succeeded"} == 1) or vector(0)', { badFrom: 1 }),
        number("Processors busy", "percentunit", "avg(node:cpu_busy:ratio_rate5m)", { badFrom: 0.9 }),
        number("Memory in use", "percentunit", "1 - sum(node_memory_MemAvailable_bytes) / sum(node_memory_MemTotal_bytes)", { badFrom: 0.9 }),
        number("Applications out of sync", "short", 'count(argocd_app_info{sync_status!="Synced"}) or vector(0)', { badFrom: 1 }),
        number("Certificates not ready", "short", 'sum(certmanager_certificate_ready_status{condition!="True"}) or vector(0)', { badFrom: 1 }),
      ],
    },
    {
      title: "Where it hurts",
      panels: [
        table("Alerts", "short", 'sum by (alertname, severity, namespace, node) (ALERTS{alertstate="firing", alertname!="Watchdog"})'),
        table("Full disks", "percentunit", 'topk(10, 1 - max by (node, mountpoint) (node_filesystem_avail_bytes / node_filesystem_size_bytes))', { badFrom: 0.9 }),
        table("Full volumes", "percentunit", "topk(10, 1 - max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes))", { badFrom: 0.9 }),
        table("Restarts today", "short", "topk(10, sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total[24h])) > 0)"),
      ],
    },
    {
      title: "Who uses it",
      panels: [
        graph("Processors by namespace", "short", { "{{namespace}}": "topk(10, namespace:container_cpu_usage:rate5m)" }),
        graph("Memory by namespace", "bytes", { "{{namespace}}": "topk(10, namespace:container_memory_working_set:bytes)" }),
      ],
    },
  ],
};
