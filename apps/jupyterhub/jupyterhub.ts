import { KubeResourceQuota, Quantity } from "cdk8s-plus-30/lib/imports/k8s";
import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { anywhere, component, generated, kubernetesApi, precious, shared } from "../../engine/model/needs";
import { bytes, bytesFrom, bytesOf, cpu, duration } from "../../engine/model/quantity";
import { hub, hubPort } from "./hub";
import { mistakes } from "./mistakes";
import { homes } from "./people";
import { gpuNeedOf, offeredProfiles, profileSetting, usualProfiles } from "./profiles";
import { proxy, proxyMemory, proxyPorts } from "./proxy";
import { pullerMemory, pullers } from "./pullers";
import { madeServers, quotaOf, serverComponent, serversOf } from "./servers";
import { signInPeers, signInSecrets } from "./sign-in";
import { alerts, hubSeries, proxySeries } from "./watches";

/** JupyterLab for everybody in the lab: each person has a home that stays, and a server that comes and goes. */
export const jupyterhub = defineApp({
  name: "jupyterhub",

  settings: z.object({
    /** As the chart of Zero to JupyterHub 4.4.0 runs them. */
    image: imageSetting.default(image("quay.io/jupyterhub/k8s-hub", "4.4.0")),
    proxyImage: imageSetting.default(image("quay.io/jupyterhub/configurable-http-proxy", "5.2.0")),
    pauseImage: imageSetting.default(image("registry.k8s.io/pause", "3.10.1")),
    /** What people may choose from. The first is the form's choice. */
    profiles: z.array(profileSetting).min(1).readonly().prefault([...usualProfiles]),
    /**
     * `lab`: where the lab signs people in (`lab.oidc`; the client's secret is the vault's `<cluster>-<name>-oidc`), and by
     * password where it does not. Passwords are made in the cluster, one for each person: Secret `<name>-password-<person>`.
     */
    signIn: z.enum(["lab", "password"]).default("lab"),
    oidcClient: z.string().default("jupyterhub"),
    /** For each person. */
    homeSpace: bytes.default("20Gi"),
    /** A place where everybody may read and write, on the cluster's shared storage; without it, there is none. */
    sharedSpace: bytes.optional(),
    /** Servers at the same time; without it, one for each person. */
    servers: z.int().min(1).optional(),
    /** How many of them may have a GPU at the same time. */
    gpuServers: z.int().min(1).default(1),
    /** The most that a server may write outside of its home: packages that were installed into the image, /tmp. */
    scratchSpace: bytes.default("20Gi"),
    /** Servers reach the web: packages, data sets, models. Never the lab's own networks. */
    internet: z.boolean().default(true),
    /** A server without a request or a running cell for so long is stopped. Its home stays. */
    cullAfter: duration.default("2h"),
    /** Servers are stopped at this age however busy they are; without it, never. */
    maxAge: duration.optional(),
    /** `everywhere`: profiles' images are on every node that may run them before somebody asks. */
    prePull: z.enum(["everywhere", "never"]).default("everywhere"),
    cpu: cpu.default("100m"),
    memory: bytes.default("256Mi"),
    memoryLimit: bytes.default("1Gi"),
  }),

  needs: (placed) => {
    const { name, namespace, settings, site } = placed;
    return {
      gpu: gpuNeedOf(offeredProfiles(placed)),
      exposes: {
        web: { port: proxyPorts.web, scheme: "http", reach: "lan", component: "proxy" },
        routes: { port: proxyPorts.routes, scheme: "http", reach: "cluster", component: "proxy" },
        api: { port: hubPort, scheme: "http", reach: "cluster" },
      },
      stores: {
        hub: precious("1Gi"),
        ...homes(site.lab.people, settings.homeSpace),
        ...(settings.sharedSpace ? { shared: shared(precious(settings.sharedSpace)) } : {}),
      },
      secrets: {
        // Who loses them only signs in again: neither reads anything that is kept.
        cookieSecret: generated(),
        proxyToken: generated({ length: 64 }),
        ...signInSecrets(placed),
      },
      talksTo: {
        api: kubernetesApi({ from: "jupyterhub" }),
        routes: component("proxy", proxyPorts.routes, { from: "jupyterhub" }),
        // A start has succeeded when the hub itself was answered.
        started: component(serverComponent, 8888, { from: "jupyterhub" }),
        hub: component("jupyterhub", hubPort, { from: "proxy" }),
        servers: component(serverComponent, 8888, { from: "proxy" }),
        // Servers ask the hub who is calling, and tell it that they are used.
        account: component("jupyterhub", hubPort, { from: serverComponent }),
        ...(settings.internet ? { web: anywhere("anything on the web", { from: serverComponent }), packages: anywhere("package mirrors", { from: serverComponent, port: 80 }) } : {}),
        ...signInPeers(placed),
      },
      watches: {
        metrics: {
          hub: { port: hubPort, path: "/hub/metrics", series: hubSeries },
          proxy: { port: proxyPorts.metrics, component: "proxy", series: proxySeries },
        },
        rules: alerts(name, namespace, { servers: serversOf(placed), people: site.lab.people.length }),
      },
    };
  },

  makes: madeServers,

  check: mistakes,

  build(chart, release) {
    const { settings, site, grants } = release;
    const hubUrl = grants.exposes.api.inCluster;
    hub(chart, release);
    proxy(chart, { image: settings.proxyImage, token: grants.secrets.proxyToken, hubUrl });
    if (settings.prePull === "everywhere") pullers(chart, release, { pause: settings.pauseImage, gpu: grants.gpu });
    const core = bytesOf(settings.memoryLimit) + bytesOf(proxyMemory) + 2 * site.cluster.nodes.length * bytesOf(pullerMemory);
    new KubeResourceQuota(chart, "quota", {
      metadata: { name: release.name },
      spec: { hard: Object.fromEntries(Object.entries(quotaOf(release, grants.gpu, bytesFrom(core))).map(([what, most]) => [what, Quantity.fromString(most)])) },
    });
  },
});
