import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { kubernetesApi, type Endpoint } from "../../engine/model/needs";
import { bytes, cpu } from "../../engine/model/quantity";
import type { Site } from "../../engine/model/site";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { configFiles } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { traefikAccount } from "./account";
import { args, drainSeconds, ports, tlsFile } from "./args";
import { ingressClass } from "./ingress-class";
import { watches } from "./watches";

/** Where every host name of the cluster enters: ends TLS, and routes by Ingress objects to the apps' Services. */
export const traefik = defineApp({
  name: "traefik",
  priority: "platform",

  settings: z.object({
    image: imageSetting.default(image("docker.io/library/traefik", "v3.7.11")),
    /** Some pods anywhere, or one on each node. */
    kind: z.enum(["Deployment", "DaemonSet"]).default("Deployment"),
    /** Of a Deployment. */
    replicas: z.int().min(1).default(2),
    ingressClassName: z.string().default("traefik"),
    /** Whether Ingress objects that name no class are its own. */
    defaultClass: z.boolean().default(true),
    /** Who may enter. What an app exposes to the internet is reachable from there only through an ingress that is. */
    reach: z.enum(["lan", "internet"]).default("lan"),
    /** Addresses of proxies in front (a tunnel, a load balancer) whose word for who called is taken; nobody else's is. */
    trustedProxies: z.array(z.cidrv4()).readonly().default([]),
    minTls: z.enum(["1.2", "1.3"]).default("1.2"),
    /** The longest that a caller may take to send a request, its body included: Traefik's own 60 s cut off pushes of images. */
    uploadSeconds: z.int().min(0).default(1800),
    /** Also routes by Gateway API. Its CRDs and a GatewayClass come with the app that brings Gateways. */
    gatewayApi: z.boolean().default(false),
    logLevel: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]).default("INFO"),
    cpu: cpu.default("100m"),
    memory: bytes.default("128Mi"),
    memoryLimit: bytes.default("512Mi"),
  }),

  needs: ({ settings, site }) => ({
    exposes: { web: entry(site, settings.reach, ports.web, 80), websecure: entry(site, settings.reach, ports.websecure, 443) },
    // Whom it routes to is not its own to say: that follows from what the others expose.
    talksTo: { api: kubernetesApi() },
    watches,
  }),

  build(chart, { name, namespace, settings, site }) {
    const tls = new ConfigFiles(chart, "tls", { "tls.yaml": tlsFile(settings.minTls) });
    new Workload(chart, "traefik", {
      kind: settings.kind,
      replicas: settings.replicas,
      image: settings.image,
      args: args({ ...settings, site, service: `${namespace}/${name}-lan` }),
      ports,
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      mounts: { "/etc/traefik/dynamic": configFiles(tls) },
      account: traefikAccount(chart, settings.gatewayApi),
      probes: { ready: http("/ping", ports.internal) },
      stopsWithinSeconds: drainSeconds + 15,
    });
    ingressClass(chart, settings.ingressClassName, settings.defaultClass);
  },
});

/** Ports below 1024 are root's: it listens on high ones, and the Service in front has those that everybody knows. */
const entry = ({ cluster }: Site, reach: "lan" | "internet", port: number, servicePort: number) =>
  ({ port, scheme: "tcp", reach, servicePort, ...(cluster.network.ingress ? { address: cluster.network.ingress } : {}) }) satisfies Endpoint;
