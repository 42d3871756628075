import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { internet, vault } from "../../engine/model/needs";
import { bytes, cpu } from "../../engine/model/quantity";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { configFiles, secretFile } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { ingressRules } from "./ingress-rules";
import { tunnelOf } from "./provides";
import { internetRunbook } from "./runbook";
import { watches } from "./watches";

const metricsPort = 2000;

/** Where tunnels end: edgediscovery/allregions in its source. By TCP alone; QUIC would need UDP to the same port. */
const edge = { port: 7844 } as const;

/** Carries callers from the internet to what is exposed to it, through a tunnel that it opens outwards: no port of the house is open. */
export const cloudflared = defineApp({
  name: "cloudflared",
  priority: "platform",

  settings: z.object({
    image: imageSetting.default(image("docker.io/cloudflare/cloudflared", "2026.8.2")),
    /** Each holds four connections to two of Cloudflare's places. */
    replicas: z.int().min(1).default(2),
    logLevel: z.enum(["debug", "info", "warn", "error"]).default("info"),
    cpu: cpu.default("20m"),
    memory: bytes.default("64Mi"),
    memoryLimit: bytes.default("256Mi"),
  }),

  needs: ({ name, namespace, site }) => {
    const team = tunnelOf(site.cluster.provides.internet)?.access?.team;
    return {
      secrets: { token: vault(tokenKey(site.cluster.name, name)) },
      talksTo: {
        region1: internet("region1.v2.argotunnel.com", edge),
        region2: internet("region2.v2.argotunnel.com", edge),
        // The keys with which Access signs.
        ...(team === undefined ? {} : { access: internet(`${team}.cloudflareaccess.com`) }),
      },
      watches: watches(metricsPort, namespace, `docs/runbooks/${site.cluster.name}-internet.md`),
    };
  },

  check: ({ site }) =>
    tunnelOf(site.cluster.provides.internet)
      ? []
      : [{ rule: "tunnel-used", found: `a tunnel, and \`provides.internet\` of ${site.cluster.name} is none`, expected: "internet: cloudflareTunnel(…)", fix: "Add it to the cluster's `provides`, or do not place cloudflared" }],

  build(chart, { settings, site, grants, neighbours }) {
    // JSON is YAML.
    const files = new ConfigFiles(chart, "config", { "config.yaml": `${JSON.stringify({ ingress: ingressRules(neighbours, site) }, undefined, 2)}\n` });
    new Workload(chart, "cloudflared", {
      image: settings.image,
      replicas: settings.replicas,
      args: [
        "tunnel",
        "--config=/etc/cloudflared/config/config.yaml",
        `--metrics=0.0.0.0:${metricsPort}`,
        `--loglevel=${settings.logLevel}`,
        "--grace-period=30s",
        "run",
        "--protocol=http2",
        `--token-file=/etc/cloudflared/token/${grants.secrets.token.key}`,
      ],
      ports: { metrics: metricsPort },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      mounts: { "/etc/cloudflared/config": configFiles(files), "/etc/cloudflared/token": secretFile(grants.secrets.token) },
      // Alive while it answers; ready only with a connection to Cloudflare, which no restart brings back.
      probes: { ready: http("/ready", metricsPort), live: http("/healthcheck", metricsPort), startsWithinSeconds: 120 },
      stopsWithinSeconds: 45,
    });
  },

  runbooks: ({ name, site }, world) => ({ internet: internetRunbook(world, site.cluster, tokenKey(site.cluster.name, name)) }),
});

/** The vault's name for the tunnel's token. */
const tokenKey = (cluster: string, name: string): string => `${cluster}-${name}-token`;
