import { graph, number, type Dashboard } from "./panel";

const card = "{{Hostname}} GPU {{gpu}}";

/** The GPUs, as NVIDIA's exporter has them: https://github.com/NVIDIA/dcgm-exporter/blob/main/etc/default-counters.csv */
export const gpu: Dashboard = {
  name: "gpu",
  title: "GPUs",
  rows: [
    {
      title: "Now",
      panels: [
        number("GPUs", "short", "count(DCGM_FI_DEV_GPU_UTIL)"),
        number("Busy", "percent", "avg(DCGM_FI_DEV_GPU_UTIL)"),
        number("Memory in use", "percentunit", "sum(DCGM_FI_DEV_FB_USED) / (sum(DCGM_FI_DEV_FB_USED) + sum(DCGM_FI_DEV_FB_FREE))"),
        number("Power", "watt", "sum(DCGM_FI_DEV_POWER_USAGE)"),
      ],
    },
    {
      title: "Over time",
      panels: [
        graph("Busy", "percent", { [card]: "DCGM_FI_DEV_GPU_UTIL" }),
        // The exporter counts in MiB.
        graph("Memory in use", "mbytes", { [card]: "DCGM_FI_DEV_FB_USED" }),
        graph("Temperature", "celsius", { [card]: "DCGM_FI_DEV_GPU_TEMP" }, { badFrom: 85 }),
        graph("Power", "watt", { [card]: "DCGM_FI_DEV_POWER_USAGE" }),
        graph("Clock", "hertz", { [card]: "DCGM_FI_DEV_SM_CLOCK * 1e6" }),
        graph("Last error (XID)", "short", { [card]: "DCGM_FI_DEV_XID_ERRORS" }, { badFrom: 1 }),
      ],
    },
  ],
};
