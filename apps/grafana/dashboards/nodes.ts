import { graph, number, table, window, type Dashboard } from "./panel";

const here = 'node=~"$node"';
/** What a node is connected by, without what pods are. */
const device = `${here}, device!~"lo|veth.*|cni.*|flannel.*|cali.*|docker.*"`;

/** The machines: what they are busy with, what they lack, how warm they are. */
export const nodes: Dashboard = {
  name: "nodes",
  title: "Nodes",
  choices: [{ label: "node", of: "node_uname_info" }],
  rows: [
    {
      title: "Now",
      panels: [
        number("Nodes", "short", `count(node_uname_info{${here}})`),
        number("Processors", "short", `sum(node:cpus:count{${here}})`),
        number("Memory", "bytes", `sum(node_memory_MemTotal_bytes{${here}})`),
        number("Longest without a restart", "s", `max(time() - node_boot_time_seconds{${here}})`),
      ],
    },
    {
      title: "Processors and memory",
      panels: [
        graph("Processors busy", "percentunit", { "{{node}}": `node:cpu_busy:ratio_rate5m{${here}}` }, { badFrom: 0.9 }),
        graph("Load for each processor", "short", { "{{node}}": `max by (node) (node_load5{${here}}) / node:cpus:count{${here}}` }),
        graph("Memory in use", "percentunit", { "{{node}}": `node:memory_used:ratio{${here}}` }, { badFrom: 0.9 }),
        graph("Time lost waiting for memory", "percentunit", { "{{node}}": `rate(node_pressure_memory_waiting_seconds_total{${here}}${window})` }),
        graph("Time lost waiting for processors", "percentunit", { "{{node}}": `rate(node_pressure_cpu_waiting_seconds_total{${here}}${window})` }),
        graph("Time lost waiting for disks", "percentunit", { "{{node}}": `rate(node_pressure_io_waiting_seconds_total{${here}}${window})` }),
      ],
    },
    {
      title: "Disks",
      panels: [
        graph("Disks busy", "percentunit", { "{{node}} {{device}}": `node:disk_busy:ratio_rate5m{${here}}` }, { badFrom: 0.9 }),
        graph("Read and written", "Bps", {
          "{{node}} read": `sum by (node) (rate(node_disk_read_bytes_total{${here}}${window}))`,
          "{{node}} written": `sum by (node) (rate(node_disk_written_bytes_total{${here}}${window}))`,
        }),
        table("In use", "percentunit", `1 - max by (node, mountpoint, device) (node_filesystem_avail_bytes{${here}} / node_filesystem_size_bytes{${here}})`, { badFrom: 0.9 }),
        table("Files left", "percentunit", `min by (node, mountpoint) (node_filesystem_files_free{${here}} / (node_filesystem_files{${here}} > 0))`),
      ],
    },
    {
      title: "Network",
      panels: [
        graph("Received", "Bps", { "{{node}} {{device}}": `rate(node_network_receive_bytes_total{${device}}${window})` }),
        graph("Sent", "Bps", { "{{node}} {{device}}": `rate(node_network_transmit_bytes_total{${device}}${window})` }),
        graph("Lost or damaged packets", "pps", {
          "{{node}} {{device}} in": `rate(node_network_receive_drop_total{${device}}${window}) + rate(node_network_receive_errs_total{${device}}${window})`,
          "{{node}} {{device}} out": `rate(node_network_transmit_drop_total{${device}}${window}) + rate(node_network_transmit_errs_total{${device}}${window})`,
        }),
        graph("Tracked connections", "percentunit", { "{{node}}": `node_nf_conntrack_entries{${here}} / node_nf_conntrack_entries_limit{${here}}` }, { badFrom: 0.9 }),
      ],
    },
    {
      title: "Health",
      panels: [
        graph("Temperature", "celsius", { "{{node}} {{chip}} {{sensor}}": `node_hwmon_temp_celsius{${here}}`, "{{node}} zone {{zone}}": `node_thermal_zone_temp{${here}}` }, { badFrom: 85 }),
        graph("Clock off by", "s", { "{{node}}": `abs(node_timex_offset_seconds{${here}})` }),
      ],
    },
  ],
};
