import type { Rule } from "../../engine/model/needs";

export const containers: readonly Rule[] = [
  { record: "namespace_pod:container_cpu_usage:rate5m", expr: "sum by (namespace, pod, node) (rate(container_cpu_usage_seconds_total[5m]))" },
  { record: "namespace_pod:container_memory_working_set:bytes", expr: "sum by (namespace, pod, node) (container_memory_working_set_bytes)" },
  { record: "namespace:container_cpu_usage:rate5m", expr: "sum by (namespace) (namespace_pod:container_cpu_usage:rate5m)" },
  { record: "namespace:container_memory_working_set:bytes", expr: "sum by (namespace) (namespace_pod:container_memory_working_set:bytes)" },
  {
    alert: "ContainerNearMemoryLimit",
    expr: "max by (namespace, pod, container) (container_memory_working_set_bytes / (container_spec_memory_limit_bytes > 0)) > 0.95",
    for: "15m",
    severity: "info",
    summary: "{{ $labels.namespace }}: {{ $labels.container }} uses nearly all the memory it may",
    description: "{{ $labels.pod }} is at {{ $value | humanizePercentage }} of its limit, and is killed above it.",
  },
];

/** With the node: a volume on its node's own disk is as full as that disk. */
const volume = "namespace, persistentvolumeclaim, node";
const free = `max by (${volume}) (kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes)`;

export const volumes: readonly Rule[] = [
  {
    alert: "VolumeFull",
    expr: `${free} < 0.1`,
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.persistentvolumeclaim }} has little room left",
    description: "{{ $value | humanizePercentage }} of the volume is free.",
  },
  {
    alert: "VolumeFull",
    expr: `${free} < 0.03`,
    for: "5m",
    severity: "critical",
    summary: "{{ $labels.namespace }}: {{ $labels.persistentvolumeclaim }} is full",
    description: "{{ $value | humanizePercentage }} of the volume is free. Raise its size where the app is placed, if its storage class can expand.",
  },
  {
    alert: "VolumeFillingUp",
    expr: `${free} < 0.3 and on (${volume}) max by (${volume}) (predict_linear(kubelet_volume_stats_available_bytes[6h], 4 * 24 * 3600)) < 0`,
    for: "1h",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.persistentvolumeclaim }} will be full within four days",
    description: "{{ $value | humanizePercentage }} is free, and shrinks at the pace of the last six hours.",
  },
  {
    alert: "VolumeOutOfFiles",
    expr: `max by (${volume}) (kubelet_volume_stats_inodes_free / (kubelet_volume_stats_inodes > 0)) < 0.05`,
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.persistentvolumeclaim }} has few inodes left",
    description: "It can hold {{ $value | humanizePercentage }} more files, whatever room it has.",
  },
  {
    alert: "VolumeUnhealthy",
    expr: `max by (${volume}) (kubelet_volume_stats_health_status_abnormal) > 0`,
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.namespace }}: {{ $labels.persistentvolumeclaim }} is damaged",
    description: "Its storage driver says so.",
  },
];

export const kubelets: readonly Rule[] = [
  {
    alert: "KubeletsMissing",
    expr: 'absent(up{job="kubelet"} == 1)',
    for: "15m",
    severity: "critical",
    summary: "No kubelet can be scraped",
    description: "Volumes and containers are not watched.",
  },
  {
    alert: "KubeletSlow",
    expr: "histogram_quantile(0.99, sum by (node, le) (rate(kubelet_pleg_relist_duration_seconds_bucket[5m]))) > 10",
    for: "10m",
    severity: "warning",
    summary: "{{ $labels.node }}: its kubelet is slow to notice changes",
    description: "Listing its containers takes {{ $value | humanizeDuration }}: a slow disk, or too many containers.",
  },
  {
    alert: "KubeletRuntimeErrors",
    expr: "sum by (node) (rate(kubelet_runtime_operations_errors_total[15m])) / sum by (node) (rate(kubelet_runtime_operations_total[15m])) > 0.3",
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.node }}: containerd refuses what its kubelet asks",
    description: "{{ $value | humanizePercentage }} of the requests fail: pods do not start or do not stop.",
  },
  {
    alert: "PodsEvicted",
    expr: "sum by (node, eviction_signal) (increase(kubelet_evictions[15m])) > 0",
    severity: "warning",
    summary: "{{ $labels.node }} evicted pods",
    description: "It lacked {{ $labels.eviction_signal }}.",
  },
];

export const apiServer: readonly Rule[] = [
  {
    alert: "ApiServerMissing",
    expr: 'absent(up{job="apiserver"} == 1)',
    for: "15m",
    severity: "critical",
    summary: "The API server cannot be scraped",
    description: "It is down, or it does not admit Prometheus.",
  },
  {
    alert: "ApiServerErrors",
    expr: 'sum(rate(apiserver_request_total{code=~"5.."}[5m])) / sum(rate(apiserver_request_total[5m])) > 0.05',
    for: "10m",
    severity: "critical",
    summary: "The API server fails",
    description: "{{ $value | humanizePercentage }} of its answers are errors of its own.",
  },
  {
    alert: "ApiServerSlow",
    expr:
      'sum by (verb) (rate(apiserver_request_duration_seconds_sum{verb=~"POST|PUT|PATCH|GET", subresource!~"attach|exec|log|portforward|proxy"}[5m])) / sum by (verb) (rate(apiserver_request_duration_seconds_count{verb=~"POST|PUT|PATCH|GET", subresource!~"attach|exec|log|portforward|proxy"}[5m])) > 1',
    for: "15m",
    severity: "warning",
    summary: "The API server is slow",
    description: "A {{ $labels.verb }} takes {{ $value | humanizeDuration }} on average: most often the disk under its database is slow.",
  },
  {
    alert: "DatabaseSlow",
    expr: "sum(rate(etcd_request_duration_seconds_sum[5m])) / sum(rate(etcd_request_duration_seconds_count[5m])) > 0.5",
    for: "15m",
    severity: "warning",
    summary: "The API server's database is slow",
    description: "A request takes {{ $value | humanizeDuration }} on average. An SD card is too slow for it.",
  },
  {
    alert: "AggregatedApiDown",
    expr: "max by (name) (aggregator_unavailable_apiservice) > 0",
    for: "10m",
    severity: "warning",
    summary: "The API {{ $labels.name }} is not available",
    description: "Whoever serves it is down. Namespaces cannot be deleted meanwhile.",
  },
  {
    alert: "ClientCertificateExpiring",
    // k3s renews its own only when it starts: https://docs.k3s.io/cli/certificate. Prometheus 3 writes whole bounds with a `.0`.
    expr: 'sum(rate(apiserver_client_certificate_expiration_seconds_bucket{le=~"604800(\\\\.0)?"}[15m])) > 0',
    for: "5m",
    severity: "warning",
    summary: "Somebody signs in with a certificate that ends within a week",
    description: "A node's, a component's or a person's. On k3s, restart the service on the servers, then on the agents.",
  },
  {
    alert: "DeprecatedApiUsed",
    expr: 'max by (group, version, resource, removed_release) (apiserver_requested_deprecated_apis{removed_release!=""}) > 0',
    for: "1h",
    severity: "info",
    summary: "An API that is going away is used",
    description: "{{ $labels.group }}/{{ $labels.version }} {{ $labels.resource }} is gone in Kubernetes {{ $labels.removed_release }}.",
  },
];
