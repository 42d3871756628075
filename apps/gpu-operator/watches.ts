import type { Cluster } from "../../engine/model/cluster";
import type { Rule, Watches } from "../../engine/model/needs";
import { gpuNodes } from "./gpu-nodes";
import { operatorPorts } from "./operator";

/**
 * What the exporter counts of each device: etc/dcp-metrics-included.csv in dcgm-exporter. Some devices lack some: profiling is for
 * data centers' only, error correction not for GeForce.
 */
const deviceSeries = [
  "DCGM_FI_DEV_SM_CLOCK",
  "DCGM_FI_DEV_MEM_CLOCK",
  "DCGM_FI_DEV_MEMORY_TEMP",
  "DCGM_FI_DEV_GPU_TEMP",
  "DCGM_FI_DEV_POWER_USAGE",
  "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
  "DCGM_FI_DEV_PCIE_REPLAY_COUNTER",
  "DCGM_FI_DEV_GPU_UTIL",
  "DCGM_FI_DEV_MEM_COPY_UTIL",
  "DCGM_FI_DEV_ENC_UTIL",
  "DCGM_FI_DEV_DEC_UTIL",
  "DCGM_FI_DEV_XID_ERRORS",
  "DCGM_FI_DEV_FB_FREE",
  "DCGM_FI_DEV_FB_USED",
  "DCGM_FI_DEV_FB_RESERVED",
  "DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL",
  "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS",
  "DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS",
  "DCGM_FI_DEV_ROW_REMAP_FAILURE",
  "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
  "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
  "DCGM_FI_PROF_DRAM_ACTIVE",
  "DCGM_FI_PROF_PCIE_TX_BYTES",
  "DCGM_FI_PROF_PCIE_RX_BYTES",
] as const;

/**
 * Of every device: internal/pkg/rendermetrics/render_metrics.go at 4.6.0-4.8.3, which writes `hostname` where versions before wrote
 * `Hostname`; container, namespace and pod of whoever has it, and GPU_I_… where it is a part of one.
 */
const deviceLabels = "gpu, UUID, pci_bus_id, device, modelName, GPU_I_PROFILE, GPU_I_ID, hostname, container, namespace, pod";

/** controllers/operator_metrics.go at v26.7.0. */
const operatorSeries = [
  "gpu_operator_gpu_nodes_total",
  "gpu_operator_reconciliation_status",
  "gpu_operator_reconciliation_last_success_ts_seconds",
  "gpu_operator_reconciliation_total",
  "gpu_operator_reconciliation_failed_total",
  "gpu_operator_reconciliation_has_nfd_labels",
  "gpu_operator_driver_auto_upgrade_enabled",
  "gpu_operator_nodes_upgrades_in_progress",
  "gpu_operator_nodes_upgrades_done",
  "gpu_operator_nodes_upgrades_failed",
  "gpu_operator_nodes_upgrades_available",
  "gpu_operator_nodes_upgrades_pending",
] as const;

/**
 * A device, or a part of one. One that several pods share has a series for each of them, and all say the same; the node's name
 * stands where the exporter puts it.
 */
const device = "hostname, gpu, UUID, modelName, GPU_I_ID";
const perDevice = (series: string): string => `max by (${device}) (${series})`;
const onNode = (expression: string): string => `label_replace(${expression}, "node", "$1", "hostname", "(.*)")`;

/** Memory by device, by kind of device and by release: a release has its namespace to itself. What pods share is split evenly. */
const accounting: readonly Rule[] = [
  { record: "gpu:memory_used:bytes", expr: onNode(`${perDevice("DCGM_FI_DEV_FB_USED")} * 1048576`) },
  { record: "gpu:memory:bytes", expr: onNode(`(${perDevice("DCGM_FI_DEV_FB_USED")} + ${perDevice("DCGM_FI_DEV_FB_FREE")}) * 1048576`) },
  { record: "gpu:busy:ratio", expr: onNode(`${perDevice("DCGM_FI_DEV_GPU_UTIL")} / 100`) },
  { record: "gpu_model:memory_used:bytes", expr: "sum by (modelName) (gpu:memory_used:bytes)" },
  { record: "gpu_model:memory:bytes", expr: "sum by (modelName) (gpu:memory:bytes)" },
  {
    record: "namespace:gpu_memory_used:bytes",
    expr: `sum by (namespace, modelName) (max by (${device}, namespace, pod) (DCGM_FI_DEV_FB_USED{pod!=""}) / on (hostname, UUID, GPU_I_ID) group_left () count by (hostname, UUID, GPU_I_ID) (max by (${device}, namespace, pod) (DCGM_FI_DEV_FB_USED{pod!=""}))) * 1048576`,
  },
];

const deviceAlerts: readonly Rule[] = [
  {
    alert: "GpuFault",
    expr: `${onNode(perDevice("DCGM_FI_DEV_XID_ERRORS"))} > 0 and on (hostname, UUID) changes(${perDevice("DCGM_FI_DEV_XID_ERRORS")}[1h:1m]) > 0`,
    severity: "warning",
    summary: "GPU {{ $labels.gpu }} of {{ $labels.node }} reports fault {{ $value }}",
    description: "The driver's XID tells a program's mistake from a dying device: https://docs.nvidia.com/deploy/xid-errors/. 48, 63, 64, 79 and 94 to 95 are the device's own.",
  },
  {
    alert: "GpuMemoryWearsOut",
    expr: `${onNode(perDevice("DCGM_FI_DEV_ROW_REMAP_FAILURE"))} > 0`,
    severity: "critical",
    summary: "GPU {{ $labels.gpu }} of {{ $labels.node }} has no spare memory left for what broke",
    description: "Results computed on it can be wrong. Keep pods off it (kubectl cordon) and have the device replaced.",
  },
  {
    alert: "GpuHot",
    expr: `${onNode(perDevice("DCGM_FI_DEV_GPU_TEMP"))} > 87`,
    for: "15m",
    severity: "warning",
    summary: "GPU {{ $labels.gpu }} of {{ $labels.node }} is at {{ $value }} °C",
    description: "It already computes slower than it could. Look at fans, dust and the room.",
  },
];

/** What runs on the nodes is described; what does not report is missed. */
const operatorAlerts = (described: number): readonly Rule[] => [
  {
    alert: "GpuMissing",
    expr: `(count(count by (hostname, UUID) (DCGM_FI_DEV_GPU_TEMP)) or vector(0)) < ${described}`,
    for: "30m",
    severity: "warning",
    summary: "{{ $value }} GPUs report, and the lab describes more",
    description: `${described} are described. nvidia-smi on each node shows which is gone; the pods in the operator's namespace show what does not start there.`,
  },
  {
    alert: "GpuOperatorFailing",
    expr: "gpu_operator_reconciliation_status != 1",
    for: "30m",
    severity: "warning",
    summary: "The GPU operator cannot make of the nodes what it should",
    description: "kubectl describe clusterpolicy cluster-policy names the state that is not ready.",
  },
  {
    alert: "GpuDriverUpgradeFailed",
    expr: "gpu_operator_nodes_upgrades_failed > 0",
    severity: "warning",
    summary: "The driver of {{ $value }} nodes could not be changed",
    description: "A pod with a GPU did not leave. The label nvidia.com/gpu-driver-upgrade-state of the node says where it stopped; set it to upgrade-required to begin again.",
  },
];

export const watches = (cluster: Cluster): Watches => ({
  metrics: {
    devices: { component: "dcgm-exporter", port: 9400, honorLabels: true, series: deviceSeries.map((name) => `${name}{${deviceLabels}}`) },
    operator: { component: "gpu-operator", port: operatorPorts.metrics, series: operatorSeries },
  },
  rules: [
    { name: "gpu-memory", rules: accounting },
    { name: "gpu-devices", rules: deviceAlerts },
    { name: "gpu-operator", rules: operatorAlerts(gpuNodes(cluster).flatMap(({ gpus }) => gpus).length) },
  ],
});
