import { z } from "zod";
import { authorityOf } from "../../engine/model/authority";
import { defineApp } from "../../engine/model/app";
import { entrantsSetting, openTo } from "../../engine/model/entrants";
import { image, imageSetting } from "../../engine/model/image";
import { anywhere, generated, precious, speaks, vault } from "../../engine/model/needs";
import { bytes, cpu } from "../../engine/model/quantity";
import { toUrl } from "../../engine/model/server";
import { http } from "../../engine/workload/probe";
import { trusted } from "../../engine/workload/trusted";
import { claim, scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { configuration } from "./configuration";
import { adminOf, signInMistakes } from "./sign-in";

/** Chat with the lab's own models in a browser. */
export const openWebui = defineApp({
  name: "open-webui",

  settings: z.object({
    // The image can run as any user since 0.11.1 (open-webui#27651).
    // Over 6 GB: open-webui#14788. It brings models of its own for searching documents.
    image: imageSetting.default(image("ghcr.io/open-webui/open-webui", "v0.11.2", { size: "7Gi" })),
    /** Which API the models answer. Ollama's own also shows, loads and pulls models; everything else speaks OpenAI's. */
    api: z.enum(["ollama", "openai"]).default("ollama"),
    /** `oidc` signs people in where the lab does (`lab.oidc`); its client's secret is in the vault. */
    signIn: z.enum(["password", "oidc"]).default("password"),
    oidcClient: z.string().default("open-webui"),
    /** The first administrator; without it, the first of the lab's people in group admins. Everybody else is let in by one. */
    admin: z.email().optional(),
    /**
     * What decides a setting that its admin pages also offer. `code`: what is written here, and a change in the browser
     * lasts until the next restart. `interface`: the browser, and what is written here only stands at the first start.
     */
    settingsFrom: z.enum(["code", "interface"]).default("code"),
    /** Web search, downloads of other embedding models, plugins with requirements of their own. */
    internet: z.boolean().default(false),
    /** Who may reach it from the internet, before they sign in. */
    openTo: entrantsSetting,
    dataSpace: bytes.default("10Gi"),
    cpu: cpu.default("200m"),
    memory: bytes.default("1Gi"),
    memoryLimit: bytes.default("3Gi"),
  }),

  needs: ({ name, settings, site }) => ({
    exposes: { web: { port: 8080, scheme: "http", ...openTo(settings.openTo) } },
    stores: { data: precious(settings.dataSpace) },
    secrets: {
      // It signs sessions, and it encrypts what people store in their tools and their sign-in tokens.
      sessionKey: generated({ guards: true }),
      adminPassword: generated({ length: 24 }),
      ...(settings.signIn === "oidc" ? { oidcSecret: vault(`${site.cluster.name}-${name}-oidc`) } : {}),
    },
    talksTo: {
      models: speaks(settings.api, { takesAuthority: true }),
      ...(settings.internet ? { internet: anywhere("anything on the web") } : {}),
      ...(settings.signIn === "oidc" && site.lab.oidc ? { signIn: toUrl(site, site.lab.oidc.issuer) } : {}),
    },
  }),

  check: ({ settings, site }) => signInMistakes(settings, site),

  build(chart, { settings, site, grants }) {
    const { web } = grants.exposes;
    const believing = trusted(chart, settings.image, grants.talksTo.models.authority ?? (settings.signIn === "oidc" && site.lab.oidc ? authorityOf(site.lab.oidc.issuer, site.lab) : undefined));
    new Workload(chart, "open-webui", {
      image: settings.image,
      ports: { web: web.port },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      env: {
        ...configuration({ settings, url: web.url, models: grants.talksTo.models.url, oidc: site.lab.oidc }),
        WEBUI_SECRET_KEY: grants.secrets.sessionKey,
        WEBUI_ADMIN_EMAIL: adminOf(settings, site) ?? "",
        WEBUI_ADMIN_PASSWORD: grants.secrets.adminPassword,
        ...believing.env,
        ...(grants.secrets.oidcSecret ? { OAUTH_CLIENT_SECRET: grants.secrets.oidcSecret } : {}),
      },
      mounts: { "/data": claim(grants.stores.data), "/static": scratch("static", "64Mi"), "/tmp": scratch("tmp", "1Gi"), ...believing.mounts },
      before: {
        ...believing.before,
        // It rewrites its icons at every start, and needs the fonts and style sheets that stand beside them.
        static: {
          image: settings.image,
          command: ["cp", "-R", "/app/backend/open_webui/static/.", "/static/"],
          resources: { cpu: "10m", memory: "64Mi" },
          mounts: { "/static": scratch("static", "64Mi") },
        },
      },
      // A first start, and an update, migrate the database.
      probes: { ready: http("/ready", web.port), live: http("/health", web.port), startsWithinSeconds: 300 },
    });
  },
});
