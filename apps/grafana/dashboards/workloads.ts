import { graph, number, table, window, type Dashboard } from "./panel";

const here = 'namespace=~"$namespace"';

/** What runs in each namespace: whether it is well, and what it takes of what it asked for. */
export const workloads: Dashboard = {
  name: "workloads",
  title: "Workloads",
  choices: [{ label: "namespace", of: "kube_pod_info" }],
  rows: [
    {
      title: "Now",
      panels: [
        number("Pods", "short", `count(kube_pod_info{${here}})`),
        number("Waiting containers", "short", `sum(kube_pod_container_status_waiting_reason{${here}}) or vector(0)`, { badFrom: 1 }),
        number("Pods without a node", "short", `sum(kube_pod_status_unschedulable{${here}}) or vector(0)`, { badFrom: 1 }),
        number("Failed jobs", "short", `sum(kube_job_failed{${here}, condition="true"}) or vector(0)`, { badFrom: 1 }),
      ],
    },
    {
      title: "Health",
      panels: [
        table("Deployments without all replicas", "short", `kube_deployment_spec_replicas{${here}} - kube_deployment_status_replicas_available{${here}} > 0`, { badFrom: 1 }),
        table("StatefulSets without all replicas", "short", `kube_statefulset_replicas{${here}} - kube_statefulset_status_replicas_ready{${here}} > 0`, { badFrom: 1 }),
        table("Why containers wait", "short", `sum by (namespace, pod, container, reason) (kube_pod_container_status_waiting_reason{${here}}) > 0`, { badFrom: 1 }),
        table("Why containers ended last", "short", `sum by (namespace, pod, container, reason) (kube_pod_container_status_last_terminated_reason{${here}}) > 0`),
      ],
    },
    {
      title: "Processors",
      panels: [
        graph("In use", "short", { "{{namespace}}/{{pod}}": `topk(15, sum by (namespace, pod) (namespace_pod:container_cpu_usage:rate5m{${here}}))` }),
        graph("Time held back by a limit", "percentunit", {
          "{{namespace}}/{{pod}}": `sum by (namespace, pod) (rate(container_cpu_cfs_throttled_periods_total{${here}}${window})) / sum by (namespace, pod) (rate(container_cpu_cfs_periods_total{${here}}${window}))`,
        }),
        table("Used of what was asked for", "percentunit", `topk(15, sum by (namespace, pod) (namespace_pod:container_cpu_usage:rate5m{${here}}) / sum by (namespace, pod) (kube_pod_container_resource_requests{${here}, resource="cpu"}))`),
      ],
    },
    {
      title: "Memory",
      panels: [
        graph("In use", "bytes", { "{{namespace}}/{{pod}}": `topk(15, sum by (namespace, pod) (namespace_pod:container_memory_working_set:bytes{${here}}))` }),
        table("Near the limit", "percentunit", `topk(15, max by (namespace, pod, container) (container_memory_working_set_bytes{${here}} / (container_spec_memory_limit_bytes{${here}} > 0)))`, { badFrom: 0.95 }),
      ],
    },
    {
      title: "Volumes and network",
      panels: [
        table("Volumes in use", "percentunit", `1 - max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${here}} / kubelet_volume_stats_capacity_bytes{${here}})`, { badFrom: 0.9 }),
        graph("Network", "Bps", {
          "{{namespace}} in": `sum by (namespace) (rate(container_network_receive_bytes_total{${here}}${window}))`,
          "{{namespace}} out": `sum by (namespace) (rate(container_network_transmit_bytes_total{${here}}${window}))`,
        }),
      ],
    },
  ],
};
