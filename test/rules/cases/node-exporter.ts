import type { Case } from "../promtool";

const disk = '{node="pi-1", device="/dev/sda2", mountpoint="/", fstype="ext4"}';
const full = { node: "pi-1", device: "/dev/sda2" };
const pi = { node: "pi-1", severity: "warning" };

export const nodeExporterCases: readonly Case[] = [
  {
    says: "a disk with 4% left is full, and what is worse is said beside it",
    alert: "NodeDiskFull",
    series: { [`node_filesystem_avail_bytes${disk}`]: "4x60", [`node_filesystem_size_bytes${disk}`]: "100x60" },
    at: "40m",
    fires: [{ ...full, severity: "warning" }, { ...full, severity: "critical" }],
  },
  {
    says: "a disk that is mounted twice counts once",
    alert: "NodeDiskFull",
    series: {
      [`node_filesystem_avail_bytes${disk}`]: "8x60",
      [`node_filesystem_size_bytes${disk}`]: "100x60",
      'node_filesystem_avail_bytes{node="pi-1", device="/dev/sda2", mountpoint="/var", fstype="ext4"}': "8x60",
      'node_filesystem_size_bytes{node="pi-1", device="/dev/sda2", mountpoint="/var", fstype="ext4"}': "100x60",
    },
    at: "40m",
    fires: [{ ...full, severity: "warning" }],
  },
  {
    says: "a disk with a fifth left is not full",
    alert: "NodeDiskFull",
    series: { [`node_filesystem_avail_bytes${disk}`]: "20x60", [`node_filesystem_size_bytes${disk}`]: "100x60" },
    at: "40m",
  },
  {
    says: "a disk that loses 1.5% an hour fills up within a day",
    alert: "NodeDiskFillingUp",
    series: { [`node_filesystem_avail_bytes${disk}`]: "29-0.025x600", [`node_filesystem_size_bytes${disk}`]: "100x600" },
    at: "8h",
    fires: [{ ...full, severity: "warning" }],
  },
  {
    says: "a disk that loses little does not fill up within a day",
    alert: "NodeDiskFillingUp",
    series: { [`node_filesystem_avail_bytes${disk}`]: "29-0.001x600", [`node_filesystem_size_bytes${disk}`]: "100x600" },
    at: "8h",
  },
  { says: "a disk that the kernel made read-only is bad news", alert: "NodeDiskReadOnly", series: { [`node_filesystem_readonly${disk}`]: "0x5 1x20" }, at: "15m", fires: [{ ...full, severity: "critical" }] },
  {
    says: "an image that is read-only by nature is no news",
    alert: "NodeDiskReadOnly",
    series: { 'node_filesystem_readonly{node="pi-1", device="/dev/loop0", mountpoint="/snap", fstype="iso9660"}': "1x20" },
    at: "15m",
  },
  {
    says: "a file system that does not answer is named",
    alert: "NodeDiskUnreadable",
    series: { 'node_filesystem_device_error{node="pi-1", device="nas:/backup", mountpoint="/mnt/nas"}': "1x30" },
    at: "20m",
    fires: [{ node: "pi-1", device: "nas:/backup", mountpoint: "/mnt/nas", severity: "warning" }],
  },
  {
    says: "an array without one of its disks is degraded",
    alert: "NodeRaidDegraded",
    series: { 'node_md_disks_required{node="forge-4", device="md0"}': "2x20", 'node_md_disks{node="forge-4", device="md0", state="active"}': "2x2 1x20" },
    at: "15m",
    fires: [{ node: "forge-4", device: "md0", severity: "critical" }],
  },
  {
    says: "an array with all its disks is not",
    alert: "NodeRaidDegraded",
    series: { 'node_md_disks_required{node="forge-4", device="md0"}': "2x20", 'node_md_disks{node="forge-4", device="md0", state="active"}': "2x20" },
    at: "15m",
  },
  {
    says: "memory that is nearly gone is short",
    alert: "NodeMemoryLow",
    series: { 'node_memory_MemAvailable_bytes{node="pi-1"}': "4x30", 'node_memory_MemTotal_bytes{node="pi-1"}': "100x30" },
    at: "20m",
    fires: [pi],
  },
  {
    says: "memory that caches files is not",
    alert: "NodeMemoryLow",
    series: { 'node_memory_MemAvailable_bytes{node="pi-1"}': "40x30", 'node_memory_MemTotal_bytes{node="pi-1"}': "100x30" },
    at: "20m",
  },
  { says: "a kill by the kernel is heard at once", alert: "NodeOutOfMemory", series: { 'node_vmstat_oom_kill{node="pi-1"}': "0x10 1x20" }, at: "12m", fires: [pi] },
  { says: "a kill of long ago is not heard again", alert: "NodeOutOfMemory", series: { 'node_vmstat_oom_kill{node="pi-1"}': "0x10 1x60" }, at: "40m" },
  {
    says: "a moment of too little voltage is heard",
    alert: "NodeUndervoltage",
    series: { 'node_hwmon_in_lcrit_alarm_volts{node="pi-1", chip="soc:firmware_raspberrypi_hwmon", sensor="in0"}': "0x5 0.001 0x20" },
    at: "10m",
    fires: [pi],
  },
  {
    says: "a supply that is strong enough is not",
    alert: "NodeUndervoltage",
    series: { 'node_hwmon_in_lcrit_alarm_volts{node="pi-1", chip="soc:firmware_raspberrypi_hwmon", sensor="in0"}': "0x30" },
    at: "10m",
  },
  {
    says: "a Raspberry Pi above 80 °C is hot, and so is a processor near its own limit",
    alert: "NodeHot",
    series: {
      'node_thermal_zone_temp{node="pi-1", type="cpu-thermal", zone="0"}': "84x30",
      'node_hwmon_temp_celsius{node="forge-1", chip="coretemp", sensor="temp1"}': "97x30",
      'node_hwmon_temp_crit_celsius{node="forge-1", chip="coretemp", sensor="temp1"}': "100x30",
    },
    at: "15m",
    fires: [pi, { node: "forge-1", severity: "warning" }],
  },
  {
    says: "a sensor that calls 0 °C critical is not believed",
    alert: "NodeHot",
    series: {
      'node_hwmon_temp_celsius{node="forge-1", chip="nvme", sensor="temp2"}': "45x30",
      'node_hwmon_temp_crit_celsius{node="forge-1", chip="nvme", sensor="temp2"}': "0x30",
    },
    at: "15m",
  },
  {
    says: "a clock that nobody sets is noticed",
    alert: "NodeClockNotSynchronised",
    series: { 'node_timex_sync_status{node="pi-1"}': "0x40", 'node_timex_maxerror_seconds{node="pi-1"}': "16x40" },
    at: "30m",
    fires: [pi],
  },
  {
    says: "a clock that is set without the kernel's knowledge is left alone",
    alert: "NodeClockNotSynchronised",
    series: { 'node_timex_sync_status{node="pi-1"}': "0x40", 'node_timex_maxerror_seconds{node="pi-1"}': "0.4x40" },
    at: "30m",
  },
  {
    says: "a node that has just started is told",
    alert: "NodeRebooted",
    series: { 'node_time_seconds{node="pi-1"}': "10000+60x20", 'node_boot_time_seconds{node="pi-1"}': "9900x20" },
    at: "5m",
    fires: [{ node: "pi-1", severity: "info" }],
  },
  {
    says: "a node that has run for hours is not",
    alert: "NodeRebooted",
    series: { 'node_time_seconds{node="pi-1"}': "10000+60x20", 'node_boot_time_seconds{node="pi-1"}': "100x20" },
    at: "5m",
  },
  {
    says: "a cable that breaks every twentieth packet is noticed",
    alert: "NodeNetworkErrors",
    series: networkOf("0+60x60"),
    at: "40m",
    fires: [{ ...pi, device: "eth0" }],
  },
  { says: "a cable that breaks none is not", alert: "NodeNetworkErrors", series: networkOf("0x60"), at: "40m" },
  {
    says: "a load of four for each processor is too much",
    alert: "NodeOverloaded",
    series: { 'node_load5{node="pi-1"}': "8x60", 'node_cpu_seconds_total{node="pi-1", cpu="0", mode="idle"}': "0+30x60", 'node_cpu_seconds_total{node="pi-1", cpu="1", mode="idle"}': "0+30x60" },
    at: "40m",
    fires: [pi],
  },
];

function networkOf(errors: string): Readonly<Record<string, string>> {
  const eth0 = '{node="pi-1", device="eth0"}';
  return {
    [`node_network_receive_errs_total${eth0}`]: errors,
    [`node_network_transmit_errs_total${eth0}`]: "0x60",
    [`node_network_receive_packets_total${eth0}`]: "0+600x60",
    [`node_network_transmit_packets_total${eth0}`]: "0+600x60",
  };
}
