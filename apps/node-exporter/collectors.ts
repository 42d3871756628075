/**
 * What is read of a node. Every default of node_exporter is off: a third of them is for hardware that no homelab has, and
 * each costs a file read for every scrape. https://github.com/prometheus/node_exporter/tree/v1.11.1#collectors
 */
const collectors = [
  "conntrack",
  "cpu",
  "cpufreq",
  "diskstats",
  "edac",
  "filefd",
  "filesystem",
  // Temperatures, fans, and a Raspberry Pi's under-voltage alarm.
  "hwmon",
  "loadavg",
  "mdadm",
  "meminfo",
  "netclass",
  "netdev",
  "nvme",
  "os",
  "pressure",
  "stat",
  "thermal_zone",
  "time",
  "timex",
  "uname",
  "vmstat",
] as const;

/** Interfaces of pods, one a pod: what the node's own interfaces count includes them. */
const podInterfaces = "^(lo|veth.*|cali.*|cilium.*|lxc.*|nodelocaldns|kube-ipvs0|dummy.*|tunl0)$";

/** Mounts of pods and images: kubelets report volumes themselves, and each pod would add series. */
const podMounts = "^/(dev|proc|sys|run|boot/efi|var/lib/(kubelet|docker|containerd|containers|rancher)/.+)($|/)";

/** Without the kernel's own, overlays of containers, and what is only memory. */
const virtualFilesystems =
  "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|efivarfs|erofs|fusectl|fuse.lxcfs|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|ramfs|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tmpfs|tracefs)$";

export const collectorFlags: readonly string[] = [
  "--collector.disable-defaults",
  ...collectors.map((name) => `--collector.${name}`),
  `--collector.netdev.device-exclude=${podInterfaces}`,
  `--collector.netclass.ignored-devices=${podInterfaces}`,
  `--collector.filesystem.mount-points-exclude=${podMounts}`,
  `--collector.filesystem.fs-types-exclude=${virtualFilesystems}`,
];

/** The metrics that rules and dashboards may use. */
export const series = [
  "node_boot_time_seconds",
  "node_cpu_scaling_frequency_hertz{cpu}",
  "node_cpu_scaling_frequency_max_hertz{cpu}",
  "node_cpu_seconds_total{cpu, mode}",
  "node_disk_io_time_seconds_total{device}",
  "node_disk_io_time_weighted_seconds_total{device}",
  "node_disk_read_bytes_total{device}",
  "node_disk_reads_completed_total{device}",
  "node_disk_writes_completed_total{device}",
  "node_disk_written_bytes_total{device}",
  "node_edac_correctable_errors_total{controller}",
  "node_edac_uncorrectable_errors_total{controller}",
  "node_exporter_build_info",
  "node_filefd_allocated",
  "node_filefd_maximum",
  "node_filesystem_avail_bytes{device, mountpoint, fstype, device_error}",
  "node_filesystem_device_error{device, mountpoint, fstype, device_error}",
  "node_filesystem_files{device, mountpoint, fstype, device_error}",
  "node_filesystem_files_free{device, mountpoint, fstype, device_error}",
  "node_filesystem_readonly{device, mountpoint, fstype, device_error}",
  "node_filesystem_size_bytes{device, mountpoint, fstype, device_error}",
  "node_hwmon_fan_rpm{chip, sensor}",
  "node_hwmon_in_lcrit_alarm_volts{chip, sensor}",
  "node_hwmon_temp_celsius{chip, sensor}",
  "node_hwmon_temp_crit_celsius{chip, sensor}",
  "node_load1",
  "node_load15",
  "node_load5",
  "node_md_disks{device, state}",
  "node_md_disks_required{device}",
  "node_memory_Buffers_bytes",
  "node_memory_Cached_bytes",
  "node_memory_MemAvailable_bytes",
  "node_memory_MemFree_bytes",
  "node_memory_MemTotal_bytes",
  "node_memory_SwapFree_bytes",
  "node_memory_SwapTotal_bytes",
  "node_network_carrier_changes_total{device}",
  "node_network_receive_bytes_total{device}",
  "node_network_receive_drop_total{device}",
  "node_network_receive_errs_total{device}",
  "node_network_receive_packets_total{device}",
  "node_network_speed_bytes{device}",
  "node_network_transmit_bytes_total{device}",
  "node_network_transmit_drop_total{device}",
  "node_network_transmit_errs_total{device}",
  "node_network_transmit_packets_total{device}",
  "node_network_up{device}",
  "node_nf_conntrack_entries",
  "node_nf_conntrack_entries_limit",
  "node_nvme_info{device, firmware_revision, model, serial, state}",
  "node_os_info{id, name, pretty_name, version, version_id}",
  "node_pressure_cpu_waiting_seconds_total",
  "node_pressure_io_stalled_seconds_total",
  "node_pressure_io_waiting_seconds_total",
  "node_pressure_memory_stalled_seconds_total",
  "node_pressure_memory_waiting_seconds_total",
  "node_thermal_zone_temp{zone, type}",
  "node_time_seconds",
  "node_timex_maxerror_seconds",
  "node_timex_offset_seconds",
  "node_timex_sync_status",
  "node_uname_info{nodename, machine, release, sysname, version, domainname}",
  "node_vmstat_oom_kill",
] as const;
