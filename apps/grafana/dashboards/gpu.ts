import { graph, number, type Dashboard } from "./panel";

const card = "{{hostname}} GPU {{gpu}}";

/** A device that several pods share has a series for each of them, and all say the same. */
const each = (series: string): string => `max by (hostname, gpu, modelName) (${series})`;

/** The GPUs, as NVIDIA's exporter has them: https://github.com/NVIDIA/dcgm-exporter/blob/main/etc/default-counters.csv */
export const gpu: Dashboard = {
  name: "gpu",
  title: "GPUs",
  rows: [
    {
      title: "Now",
      panels: [
        number("GPUs", "short", `count(${each("DCGM_FI_DEV_GPU_UTIL")})`),
        number("Busy", "percent", `avg(${each("DCGM_FI_DEV_GPU_UTIL")})`),
        number("Memory in use", "percentunit", "sum(gpu:memory_used:bytes) / sum(gpu:memory:bytes)", { badFrom: 0.95 }),
        number("Power", "watt", `sum(${each("DCGM_FI_DEV_POWER_USAGE")})`),
      ],
    },
    {
      title: "Over time",
      panels: [
        graph("Busy", "percent", { [card]: each("DCGM_FI_DEV_GPU_UTIL") }),
        graph("Memory in use", "bytes", { [card]: "max by (hostname, gpu) (gpu:memory_used:bytes)" }),
        graph("Memory by namespace", "bytes", { "{{namespace}} on {{modelName}}": "namespace:gpu_memory_used:bytes" }),
        graph("Temperature", "celsius", { [card]: each("DCGM_FI_DEV_GPU_TEMP") }, { badFrom: 87 }),
        graph("Power", "watt", { [card]: each("DCGM_FI_DEV_POWER_USAGE") }),
        // The exporter counts in MHz.
        graph("Clock", "hertz", { [card]: `${each("DCGM_FI_DEV_SM_CLOCK")} * 1e6` }),
        graph("Last fault (XID)", "short", { [card]: each("DCGM_FI_DEV_XID_ERRORS") }, { badFrom: 1 }),
      ],
    },
  ],
};
