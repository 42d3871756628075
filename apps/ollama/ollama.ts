import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { component, internet, rebuildable } from "../../engine/model/needs";
import { bytes, bytesFrom, bytesOf, cpu, duration } from "../../engine/model/quantity";
import { http } from "../../engine/workload/probe";
import { claim, scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { modelSetting } from "./model";
import { pullModels } from "./pull";

/** Serves language models over Ollama's and OpenAI's API, on a GPU or on the CPU. */
export const ollama = defineApp({
  name: "ollama",

  settings: z.object({
    image: imageSetting.default(image("docker.io/ollama/ollama", "0.32.15")),
    /** What to keep pulled. The GPU must hold the largest; the store must hold all. */
    models: z.array(modelSetting).readonly().default([]),
    modelSpace: bytes.default("100Gi"),
    accelerator: z.enum(["nvidia", "cpu"]).default("nvidia"),
    /** How long a model stays loaded after the last request. */
    keepAlive: duration.default("30m"),
    /** Requests answered at once by one loaded model; each takes its own share of the context's memory. */
    parallel: z.int().min(1).default(2),
    loadedModels: z.int().min(1).default(1),
    contextLength: z.int().min(512).default(8192),
    cpu: cpu.default("2"),
    memory: bytes.default("8Gi"),
  }),

  needs: ({ settings }) => ({
    gpu: settings.accelerator === "cpu" ? undefined : { vendor: settings.accelerator, count: 1, memory: largest(settings.models.map((it) => bytesOf(it.gpuMemory))) },
    stores: { models: rebuildable(settings.modelSpace) },
    exposes: { api: { port: 11434, scheme: "http", reach: "lan", speaks: "openai" } },
    talksTo: {
      registry: internet("registry.ollama.ai", { from: "ollama" }),
      server: component("ollama", 11434, { from: "pull" }),
    },
  }),

  build(chart, { name, settings, grants }) {
    new Workload(chart, "ollama", {
      image: settings.image,
      args: ["serve"],
      ports: { api: grants.exposes.api.port },
      gpu: grants.gpu,
      resources: { cpu: settings.cpu, memory: settings.memory },
      mounts: { "/models": claim(grants.stores.models), "/tmp": scratch("tmp", "1Gi") },
      env: {
        OLLAMA_HOST: `0.0.0.0:${grants.exposes.api.port}`,
        OLLAMA_MODELS: "/models",
        // It writes its key beside the models: the root file system is read-only.
        HOME: "/models",
        OLLAMA_KEEP_ALIVE: settings.keepAlive,
        OLLAMA_NUM_PARALLEL: String(settings.parallel),
        OLLAMA_MAX_LOADED_MODELS: String(settings.loadedModels),
        OLLAMA_CONTEXT_LENGTH: String(settings.contextLength),
      },
      probes: { ready: http("/api/version", 11434), live: http("/", 11434), startsWithinSeconds: 120 },
    });
    if (settings.models.length > 0) pullModels(chart, { url: `http://${name}:${grants.exposes.api.port}`, image: settings.image, models: settings.models });
  },
});

const largest = (memory: readonly number[]) => bytesFrom(Math.max(2 ** 30, ...memory));
