import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { component, internet, rebuildable } from "../../engine/model/needs";
import { bytes, bytesFrom, bytesOf, cpu } from "../../engine/model/quantity";
import type { Site } from "../../engine/model/site";
import { http } from "../../engine/workload/probe";
import { claim, scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { alerts } from "./alerts";
import { mistakes } from "./fit";
import { meter, meterMetrics, meterPorts } from "./meter";
import { keepAliveSetting, loadedAtOnce, modelSetting } from "./model";
import { pullModels } from "./pull";

/** Serves language models over Ollama's and OpenAI's API, on a GPU or on the CPU. It asks nobody who they are. */
export const ollama = defineApp({
  name: "ollama",

  settings: z.object({
    // 3.3 GB in early 2025 (ollama#9982); its archive has grown by half since (ollama#12259).
    image: imageSetting.default(image("docker.io/ollama/ollama", "0.32.15", { size: "5Gi" })),
    /** Runs the meter, which counts tokens and requests where the cluster is watched. */
    meterImage: imageSetting.default(image("docker.io/library/node", "24.13.1-alpine")),
    /** What to keep pulled. The GPU, or without one the memory, must hold what is loaded at once; the store must hold all. */
    models: z.array(modelSetting).readonly().default([]),
    modelSpace: bytes.default("100Gi"),
    accelerator: z.enum(["nvidia", "cpu"]).default("nvidia"),
    /** Devices that a model is spread over. */
    gpus: z.int().min(1).default(1),
    /** `lan` lets other clusters and the whole LAN ask, pull and delete models. */
    reach: z.enum(["cluster", "lan"]).default("cluster"),
    /** How long a model stays loaded after the last request. */
    keepAlive: keepAliveSetting.default("30m"),
    /** Requests answered at once by one loaded model; each takes its own share of the context's memory. */
    parallel: z.int().min(1).default(2),
    loadedModels: z.int().min(1).default(1),
    contextLength: z.int().min(512).default(8192),
    /** Models that Ollama's own cloud would answer: prompts leave the lab. */
    cloudModels: z.boolean().default(false),
    cpu: cpu.default("2"),
    memory: bytes.default("8Gi"),
  }),

  needs: ({ name, namespace, settings, site }) => ({
    gpu:
      settings.accelerator === "cpu"
        ? undefined
        : { vendor: settings.accelerator, count: settings.gpus, memory: bytesFrom(Math.max(2 ** 30, Math.ceil(bytesOf(loadedAtOnce(settings)) / settings.gpus))) },
    stores: { models: rebuildable(settings.modelSpace) },
    exposes: { api: { port: 11434, scheme: "http", reach: settings.reach, speaks: ["ollama", "openai"] } },
    talksTo: {
      registry: internet("registry.ollama.ai", { from: "ollama" }),
      // Where the registry sends whoever asks it for a model: https://github.com/ollama/ollama/issues/4307
      blobs: internet("*.r2.cloudflarestorage.com", { from: "ollama" }),
      server: component("ollama", 11434, { from: "pull" }),
    },
    watches: isWatched(site) ? { metrics: { meter: meterMetrics }, rules: alerts({ name, namespace, ...settings }) } : undefined,
  }),

  check: ({ settings }) => mistakes(settings),

  build(chart, { name, settings, site, grants }) {
    const { port } = grants.exposes.api;
    const own = isWatched(site) ? meterPorts.ollama : port;
    new Workload(chart, "ollama", {
      image: settings.image,
      args: ["serve"],
      ports: { [isWatched(site) ? "ollama" : "api"]: own },
      ...(isWatched(site) ? { before: { meter: meter(chart, settings.meterImage, port) } } : {}),
      gpu: grants.gpu,
      resources: { cpu: settings.cpu, memory: settings.memory },
      mounts: { "/models": claim(grants.stores.models), "/tmp": scratch("tmp", "1Gi") },
      // https://github.com/ollama/ollama/blob/v0.32.15/envconfig/config.go
      env: {
        OLLAMA_HOST: `0.0.0.0:${own}`,
        OLLAMA_MODELS: "/models",
        // It writes its key to ~/.ollama: the root file system is read-only.
        HOME: "/models",
        OLLAMA_KEEP_ALIVE: settings.keepAlive === "forever" ? "-1" : settings.keepAlive,
        OLLAMA_NUM_PARALLEL: String(settings.parallel),
        OLLAMA_MAX_LOADED_MODELS: String(settings.loadedModels),
        OLLAMA_CONTEXT_LENGTH: String(settings.contextLength),
        OLLAMA_NO_CLOUD: settings.cloudModels ? "0" : "1",
      },
      probes: { ready: http("/api/version", own), live: http("/", own), startsWithinSeconds: 120 },
    });
    if (settings.models.length > 0) pullModels(chart, { url: `http://${name}:${port}`, image: settings.image, models: settings.models });
  },
});

const isWatched = ({ cluster }: Site): boolean => cluster.provides.metrics !== undefined;
