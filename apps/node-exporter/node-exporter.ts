import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { bytes, cpu } from "../../engine/model/quantity";
import { http } from "../../engine/workload/probe";
import { hostPath } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { collectorFlags, series } from "./collectors";
import { rules } from "./rules";

/** Tells what every node's hardware and kernel are doing. */
export const nodeExporter = defineApp({
  name: "node-exporter",
  priority: "node",

  settings: z.object({
    image: imageSetting.default(image("quay.io/prometheus/node-exporter", "v1.11.1")),
    /** On the node's own address: another node exporter on the host wants the same one. */
    port: z.int().min(1).max(65535).default(9100),
    cpu: cpu.default("20m"),
    memory: bytes.default("32Mi"),
    memoryLimit: bytes.default("96Mi"),
  }),

  needs: ({ settings }) => ({
    watches: { metrics: { metrics: { port: settings.port, hostNetwork: true, series } }, rules },
  }),

  build(chart, { settings }) {
    new Workload(chart, "node-exporter", {
      kind: "DaemonSet",
      image: settings.image,
      args: [
        // The host's /proc shows its first process: the host's process namespace is not needed beside it.
        "--path.procfs=/host/proc",
        "--path.sysfs=/host/sys",
        "--path.rootfs=/host",
        "--path.udev.data=/host/run/udev/data",
        // Not on every address of the host: others may lead out of the lab.
        `--web.listen-address=[$(NODE_ADDRESS)]:${settings.port}`,
        ...collectorFlags,
      ],
      env: { NODE_ADDRESS: { field: "status.hostIP" } },
      hostNetwork: true,
      ports: { metrics: { port: settings.port, hostPort: settings.port } },
      // What a node unmounts must not stay mounted here: a volume held open can be deleted by nobody.
      mounts: { "/host": hostPath("host", "/", { propagation: "HostToContainer" }) },
      exempt: {
        "host-network": "it counts what the host's interfaces send and receive",
        "host-port": "a port of a pod on the host's network is the host's",
        "host-path": "it reads the host's /proc, /sys and mounted file systems, read-only",
      },
      // Every node counts, the tainted ones most of all.
      tolerations: [{ operator: "Exists" }],
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      probes: { ready: http("/", settings.port) },
    });
  },
});
