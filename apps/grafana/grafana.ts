import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { generated, maybe, speaks } from "../../engine/model/needs";
import { bytes, cpu, duration } from "../../engine/model/quantity";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http } from "../../engine/workload/probe";
import { trusted } from "../../engine/workload/trusted";
import { configFiles, scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { configuration, dashboardsPath } from "./configuration";
import { dashboardProvider, dataSources } from "./data-sources";
import { dashboardFiles } from "./dashboards/catalogue";
import { oauthSection, oidcSetting, signInAuthority, signInMistakes, signInPeers, signInSecrets, signInSetting } from "./sign-in";
import { port, watches } from "./watches";

/** Draws what Prometheus has of the cluster. Its data source and its dashboards come from here, so that it keeps nothing. */
export const grafana = defineApp({
  name: "grafana",

  settings: z.object({
    image: imageSetting.default(image("docker.io/grafana/grafana", "13.2.0")),
    /** `lab` signs people in where the lab does (`lab.oidc`), and with the administrator's password where it names no issuer. */
    signIn: signInSetting.default("lab"),
    oidc: oidcSetting.optional(),
    /** As its Prometheus': rates look back over four scrapes, and over fewer they would be empty. More does no harm. */
    scrapeInterval: duration.default("60s"),
    cpu: cpu.default("100m"),
    memory: bytes.default("256Mi"),
    memoryLimit: bytes.default("512Mi"),
  }),

  needs: (placed) => ({
    exposes: { web: { port, scheme: "http", reach: "lan" } },
    secrets: {
      adminPassword: generated({ length: 24 }),
      // It encrypts what is secret in a database that goes with the pod.
      secretKey: generated(),
      ...signInSecrets(placed),
    },
    talksTo: { prometheus: speaks("prometheus", { takesAuthority: true }), alertmanager: maybe("alertmanager", { takesAuthority: true }), ...signInPeers(placed) },
    watches,
  }),

  check: signInMistakes,

  build(chart, { settings, grants, neighbours, ...placed }) {
    const { web } = grants.exposes;
    const dashboards = dashboardFiles(neighbours);
    const home = Object.keys(dashboards).find((name) => name === "overview");
    const files = {
      ini: new ConfigFiles(chart, "config", { "grafana.ini": configuration({ url: web.url, port, home, oauth: oauthSection({ settings, ...placed }) }) }),
      sources: new ConfigFiles(chart, "data-sources", { "hearth.yaml": dataSources({ ...grants.talksTo, scrapeInterval: settings.scrapeInterval }) }),
      provider: new ConfigFiles(chart, "dashboards", { "hearth.yaml": dashboardProvider(dashboardsPath) }),
    };
    // One ConfigMap each: together they would come near the 1 MiB that one may hold.
    const boards = Object.entries(dashboards).map(([name, json]) => [`${dashboardsPath}/${name}`, configFiles(new ConfigFiles(chart, `dashboard-${name}`, { [`${name}.json`]: json }))] as const);

    const believing = trusted(chart, settings.image, signInAuthority({ settings, ...placed }));
    new Workload(chart, "grafana", {
      image: settings.image,
      user: 472,
      // The image's own paths, but for the configuration: https://github.com/grafana/grafana/blob/main/Dockerfile
      env: {
        GF_PATHS_CONFIG: "/etc/grafana/config/grafana.ini",
        GF_SECURITY_ADMIN_PASSWORD: grants.secrets.adminPassword,
        GF_SECURITY_SECRET_KEY: grants.secrets.secretKey,
        ...believing.env,
        ...(grants.secrets.oidcSecret ? { GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: grants.secrets.oidcSecret } : {}),
      },
      ports: { web: web.port },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      mounts: {
        "/etc/grafana/config": configFiles(files.ini),
        "/etc/grafana/provisioning/datasources": configFiles(files.sources),
        "/etc/grafana/provisioning/dashboards": configFiles(files.provider),
        ...Object.fromEntries(boards),
        "/var/lib/grafana": scratch("data", "1Gi"),
        "/tmp": scratch("tmp", "256Mi"),
        ...believing.mounts,
      },
      ...(Object.keys(believing.before).length ? { before: believing.before } : {}),
      // Each start makes its database anew, which takes a Raspberry Pi a minute or two.
      probes: { ready: http("/api/health", web.port), startsWithinSeconds: 300 },
    });
  },
});
