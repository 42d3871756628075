import type { Rule, RuleGroup } from "../../engine/model/needs";

const recordings: readonly Rule[] = [
  { record: "node:cpus:count", expr: 'count by (node) (node_cpu_seconds_total{mode="idle"})' },
  { record: "node:cpu_busy:ratio_rate5m", expr: '1 - avg by (node) (sum by (node, cpu) (rate(node_cpu_seconds_total{mode=~"idle|iowait"}[5m])))' },
  { record: "node:memory_used:ratio", expr: "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes" },
  { record: "node:disk_busy:ratio_rate5m", expr: "rate(node_disk_io_time_seconds_total[5m])" },
  { record: "node:network_receive:bytes_rate5m", expr: "sum by (node) (rate(node_network_receive_bytes_total[5m]))" },
  { record: "node:network_transmit:bytes_rate5m", expr: "sum by (node) (rate(node_network_transmit_bytes_total[5m]))" },
];

/** One alert for each file system that Kubernetes or the owner writes to; a device that is mounted twice counts once. */
const free = "max by (node, device) (node_filesystem_avail_bytes / node_filesystem_size_bytes)";
const filesFree = "max by (node, device) (node_filesystem_files_free / (node_filesystem_files > 0))";

const disks: readonly Rule[] = [
  {
    alert: "NodeDiskFull",
    // Kubelets evict pods at 10% (k3s' at 5%), after they deleted unused images: this is what they could not free.
    expr: `${free} < 0.1`,
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.node }}: a disk has little room left",
    description: "{{ $labels.device }} has {{ $value | humanizePercentage }} left.",
  },
  {
    alert: "NodeDiskFull",
    expr: `${free} < 0.05`,
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.node }}: a disk is full",
    description: "{{ $labels.device }} has {{ $value | humanizePercentage }} left: pods are evicted, and what writes there fails.",
  },
  {
    alert: "NodeDiskFillingUp",
    expr: `${free} < 0.3 and on (node, device) max by (node, device) (predict_linear(node_filesystem_avail_bytes[6h], 24 * 3600)) < 0`,
    for: "1h",
    severity: "warning",
    summary: "{{ $labels.node }}: a disk will be full within a day",
    description: "{{ $labels.device }} has {{ $value | humanizePercentage }} left, and at the pace of the last six hours that is gone within 24.",
  },
  {
    alert: "NodeDiskOutOfFiles",
    expr: `${filesFree} < 0.05`,
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.node }}: a disk has few inodes left",
    description: "{{ $labels.device }} can hold {{ $value | humanizePercentage }} more files, whatever room it has.",
  },
  {
    alert: "NodeDiskReadOnly",
    // A failing SD card or SSD shows itself like this first.
    expr: 'max by (node, device) (node_filesystem_readonly{fstype=~"ext4|xfs|btrfs"}) == 1',
    for: "5m",
    severity: "critical",
    summary: "{{ $labels.node }}: a disk became read-only",
    description: "The kernel mounted {{ $labels.device }} read-only, as it does after an I/O error: save what is on it, then replace it.",
  },
  {
    alert: "NodeDiskUnreadable",
    expr: "max by (node, device, mountpoint) (node_filesystem_device_error) == 1",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.node }}: a file system does not answer",
    description: "{{ $labels.device }} at {{ $labels.mountpoint }} cannot be read: an unreachable network share, or a disk that is gone.",
  },
  {
    alert: "NodeDiskSaturated",
    expr: "max by (node, device) (rate(node_disk_io_time_weighted_seconds_total[5m])) > 10",
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.node }}: a disk cannot keep up",
    description: '{{ $value | printf "%.0f" }} requests wait for {{ $labels.device }} on average. etcd and databases on it answer late.',
  },
  {
    alert: "NodeRaidDegraded",
    expr: 'node_md_disks_required - ignoring (state) node_md_disks{state="active"} > 0',
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.node }}: a RAID array misses a disk",
    description: "{{ $labels.device }} runs without {{ $value }} of its disks.",
  },
];

const memory: readonly Rule[] = [
  {
    alert: "NodeMemoryLow",
    expr: "node:memory_used:ratio > 0.92",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.node }}: memory is short",
    description: "{{ $value | humanizePercentage }} of its memory is in use. When the rest is gone, pods are evicted or the kernel kills programs.",
  },
  {
    alert: "NodeMemoryStalls",
    expr: "max by (node) (rate(node_pressure_memory_waiting_seconds_total[5m])) > 0.2",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.node }}: programs wait for memory",
    description: "{{ $value | humanizePercentage }} of the time some program waits for memory to be freed.",
  },
  {
    alert: "NodeOutOfMemory",
    expr: "max by (node) (increase(node_vmstat_oom_kill[10m])) > 0",
    severity: "warning",
    summary: "{{ $labels.node }}: the kernel killed a program for want of memory",
    description: "It happened within ten minutes. A container over its own limit counts too: see which restarted.",
  },
  {
    alert: "NodeMemoryFaulty",
    expr: "sum by (node) (increase(node_edac_uncorrectable_errors_total[1h])) > 0",
    severity: "critical",
    summary: "{{ $labels.node }}: memory lost data",
    description: "ECC found errors within an hour that it could not correct. Replace the module.",
  },
  {
    alert: "NodeMemoryFaulty",
    expr: "sum by (node) (increase(node_edac_correctable_errors_total[1d])) > 100",
    severity: "warning",
    summary: "{{ $labels.node }}: memory wears out",
    description: '{{ $value | printf "%.0f" }} errors were corrected within a day.',
  },
];

const processor: readonly Rule[] = [
  {
    alert: "NodeOverloaded",
    expr: "max by (node) (node_load5) / on (node) node:cpus:count > 3",
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.node }}: more work than processors",
    description: '{{ $value | printf "%.1f" }} programs want each of its processors.',
  },
  {
    alert: "NodeHot",
    // A Raspberry Pi slows down from 80 °C on; others say themselves what is critical, and some say 0.
    expr: 'max by (node) (node_thermal_zone_temp{type=~"cpu-thermal.*"}) > 80 or max by (node) (node_hwmon_temp_celsius - (node_hwmon_temp_crit_celsius > 40)) > -5',
    for: "10m",
    severity: "warning",
    summary: "{{ $labels.node }}: too hot",
    description: "A sensor is within 5 °C of its critical temperature, or a Raspberry Pi is above 80 °C: it slows down, then stops. Check fans and dust.",
  },
  {
    alert: "NodeUndervoltage",
    // The kernel's rpi_volt driver has this alarm and no value: https://docs.kernel.org/hwmon/raspberrypi-hwmon.html
    expr: "max by (node) (max_over_time(node_hwmon_in_lcrit_alarm_volts[10m])) > 0",
    severity: "warning",
    summary: "{{ $labels.node }}: its power supply is too weak",
    description: "The voltage fell below what a Raspberry Pi needs: it slows down and its disks may fail. Change the supply or the cable.",
  },
];

const system: readonly Rule[] = [
  {
    alert: "NodeClockOff",
    expr: "max by (node) (abs(node_timex_offset_seconds)) > 0.05",
    for: "10m",
    severity: "warning",
    summary: "{{ $labels.node }}: its clock is off",
    description: "By {{ $value | humanizeDuration }}. Certificates, tokens and Ceph rely on it.",
  },
  {
    alert: "NodeClockNotSynchronised",
    // 16 s is the kernel's own measure of having lost the time: adjtimex(2).
    expr: "min by (node) (min_over_time(node_timex_sync_status[10m])) == 0 and on (node) max by (node) (node_timex_maxerror_seconds) >= 16",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.node }}: nobody sets its clock",
    description: "Check its time service (chrony, systemd-timesyncd).",
  },
  {
    alert: "NodeRebooted",
    expr: "max by (node) (node_time_seconds - node_boot_time_seconds) < 900",
    severity: "info",
    summary: "{{ $labels.node }} started",
    description: "{{ $value | humanizeDuration }} ago.",
  },
  {
    alert: "NodeNetworkErrors",
    expr:
      "(rate(node_network_receive_errs_total[5m]) + rate(node_network_transmit_errs_total[5m])) / (rate(node_network_receive_packets_total[5m]) + rate(node_network_transmit_packets_total[5m])) > 0.01",
    for: "30m",
    severity: "warning",
    summary: "{{ $labels.node }}: a network interface loses packets",
    description: "{{ $value | humanizePercentage }} of the packets on {{ $labels.device }} are broken: a cable, a plug or a port.",
  },
  {
    alert: "NodeNetworkFlapping",
    expr: "increase(node_network_carrier_changes_total[1h]) > 6",
    severity: "warning",
    summary: "{{ $labels.node }}: a network link comes and goes",
    description: "{{ $labels.device }} went up or down {{ $value | printf \"%.0f\" }} times within an hour.",
  },
  {
    alert: "NodeConnectionTableFull",
    expr: "max by (node) (node_nf_conntrack_entries / node_nf_conntrack_entries_limit) > 0.8",
    for: "10m",
    severity: "warning",
    summary: "{{ $labels.node }}: too many connections",
    description: "Its connection table is {{ $value | humanizePercentage }} full; when it is full, new connections are dropped.",
  },
  {
    alert: "NodeOutOfFileHandles",
    expr: "max by (node) (node_filefd_allocated / node_filefd_maximum) > 0.8",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.node }}: too many open files",
    description: "{{ $value | humanizePercentage }} of its file handles are in use.",
  },
];

/** What can go wrong with a machine, and what dashboards of machines read. */
export const rules: readonly RuleGroup[] = [
  { name: "node-recordings", rules: recordings },
  { name: "node-disks", rules: disks },
  { name: "node-memory", rules: memory },
  { name: "node-processor", rules: processor },
  { name: "node-system", rules: system },
];
