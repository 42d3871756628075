import { z } from "zod";
import type { Chart } from "cdk8s";
import { KubeIngressClass } from "cdk8s-plus-30/lib/imports/k8s";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { kubernetesApi, type Endpoint } from "../../engine/model/needs";
import { bytes, cpu } from "../../engine/model/quantity";
import type { Site } from "../../engine/model/site";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http, tcp } from "../../engine/workload/probe";
import { scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { nginxAccount } from "./account";
import { args, ports } from "./args";
import { configuration, drainSeconds } from "./configuration";
import { watches } from "./watches";

/** Callers are led elsewhere for so long, before NGINX is told to stop. */
const leaveSeconds = 10;

/** The way in with F5's NGINX Ingress Controller, in the place of Traefik: ends TLS, and routes by Ingress objects to the apps' Services. */
export const nginx = defineApp({
  name: "nginx-ingress",
  priority: "platform",

  settings: z.object({
    image: imageSetting.default(image("docker.io/nginx/nginx-ingress", "5.5.4")),
    /** Some pods anywhere, or one on each node. */
    kind: z.enum(["Deployment", "DaemonSet"]).default("Deployment"),
    /** Of a Deployment. */
    replicas: z.int().min(1).default(2),
    ingressClassName: z.string().default("nginx"),
    /** Whether Ingress objects that name no class are its own. */
    defaultClass: z.boolean().default(true),
    /** Who may enter. What an app exposes to the internet is reachable from there only through an ingress that is, or a tunnel. */
    reach: z.enum(["lan", "internet"]).default("lan"),
    /** Addresses of proxies in front (a tunnel, a load balancer) whose word for who called is taken; nobody else's is. */
    trustedProxies: z.array(z.cidrv4()).readonly().default([]),
    minTls: z.enum(["1.2", "1.3"]).default("1.2"),
    /** The longest that an app, or a WebSocket, may say nothing: NGINX's own 60 s cut off models that think. */
    silenceSeconds: z.int().min(1).default(3600),
    /** Worker processes of each pod. */
    workers: z.int().min(1).default(2),
    logLevel: z.enum(["debug", "info", "warning", "error"]).default("info"),
    cpu: cpu.default("100m"),
    memory: bytes.default("128Mi"),
    memoryLimit: bytes.default("512Mi"),
  }),

  needs: ({ settings, site }) => ({
    exposes: { web: entry(site, settings.reach, ports.web), websecure: entry(site, settings.reach, ports.websecure) },
    // Whom it routes to is not its own to say: that follows from what the others expose.
    talksTo: { api: kubernetesApi() },
    watches,
  }),

  build(chart, { name, settings, site }) {
    const config = new ConfigFiles(chart, "config", configuration({ ...settings, site }));
    const lease = `${name}-leader`;
    const nginx = scratch("nginx", "64Mi");
    new Workload(chart, "nginx-ingress", {
      kind: settings.kind,
      replicas: settings.replicas,
      image: settings.image,
      args: args({ ...settings, site, lease, configMap: config.name, service: `${name}-lan` }),
      env: { POD_NAMESPACE: { field: "metadata.namespace" }, POD_NAME: { field: "metadata.name" } },
      ports,
      // The image's own user. Its programs carry this capability, and do not even start where a container may not have it.
      user: 101,
      addCapabilities: ["NET_BIND_SERVICE"],
      // Since nobody gains privileges, the capability gives none: that the ports are no root's does.
      sysctls: { "net.ipv4.ip_unprivileged_port_start": "80" },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      mounts: {
        "/etc/nginx": nginx,
        "/var/cache/nginx": scratch("cache", "1Gi"),
        "/var/lib/nginx": scratch("state", "16Mi"),
        "/var/log/nginx": scratch("log", "64Mi"),
      },
      // It writes NGINX's configuration beside files of the image's.
      before: { files: { image: settings.image, command: ["cp", "-dR", "/etc/nginx/.", "/mnt/nginx"], resources: { cpu: "10m", memory: "32Mi" }, mounts: { "/mnt/nginx": nginx } } },
      account: nginxAccount(chart, { ingressClass: settings.ingressClassName, lease }),
      probes: { ready: http("/nginx-ready", ports.ready), live: tcp(ports.websecure) },
      leavesForSeconds: leaveSeconds,
      stopsWithinSeconds: leaveSeconds + drainSeconds + 15,
    });
    ingressClass(chart, settings.ingressClassName, settings.defaultClass);
  },
});

/** The name by which Ingress objects ask for this NGINX. Without it, the controller does not start. */
function ingressClass(chart: Chart, name: string, isDefault: boolean): void {
  new KubeIngressClass(chart, "ingress-class", {
    metadata: { name, annotations: { "ingressclass.kubernetes.io/is-default-class": String(isDefault) } },
    spec: { controller: "nginx.org/ingress-controller" },
  });
}

const entry = ({ cluster }: Site, reach: "lan" | "internet", port: number) =>
  ({ port, scheme: "tcp", reach, ...(cluster.network.ingress ? { address: cluster.network.ingress } : {}) }) satisfies Endpoint;
