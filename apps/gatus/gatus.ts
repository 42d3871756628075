import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { neighbours as everyNeighbour } from "../../engine/model/needs";
import { bytes, cpu, duration } from "../../engine/model/quantity";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { configFiles } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { probesOf } from "./endpoints";
import { watches } from "./watches";

const port = 8080;

/** A status page: asks everything that people may reach on the cluster whether it answers. What it saw goes with the pod. */
export const gatus = defineApp({
  name: "gatus",

  settings: z.object({
    image: imageSetting.default(image("ghcr.io/twin/gatus", "v5.36.0")),
    interval: duration.default("60s"),
    cpu: cpu.default("20m"),
    memory: bytes.default("128Mi"),
  }),

  needs: () => ({
    exposes: { web: { port, scheme: "http", reach: "lan" } },
    talksTo: { exposed: everyNeighbour() },
    watches: watches(port),
  }),

  build(chart, { settings, site, grants, neighbours }) {
    const { web } = grants.exposes;
    const title = `${site.lab.name}: ${site.cluster.name}`;
    const configuration = {
      metrics: true,
      web: { port: web.port },
      ui: { title, header: title },
      endpoints: probesOf(neighbours, { group: site.cluster.name, interval: settings.interval }),
    };
    // JSON is YAML.
    const files = new ConfigFiles(chart, "config", { "config.yaml": `${JSON.stringify(configuration, undefined, 2)}\n` });
    new Workload(chart, "gatus", {
      image: settings.image,
      env: { GATUS_CONFIG_PATH: "/config/config.yaml" },
      ports: { web: web.port },
      resources: { cpu: settings.cpu, memory: settings.memory },
      mounts: { "/config": configFiles(files) },
      probes: { ready: http("/health", web.port) },
    });
  },
});
