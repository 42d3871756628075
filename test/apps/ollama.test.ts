import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { model } from "../../apps/ollama/model";
import { ollama } from "../../apps/ollama/ollama";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf, objectName, type Manifest } from "../../engine/model/manifest";
import { speaks } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { podTemplateOf, type ContainerSpec } from "../../engine/model/pod-template";
import { resolve } from "../../engine/model/resolve";
import { appOf, builtOf, clusterOf, labOf, worldRunning } from "../lab-of";
import { watched } from "./monitoring";

type Settings = z.input<typeof ollama.settings>;

const small = model("llama3.2:3b", { size: "2Gi", gpuMemory: "4Gi" });
const large = model("qwen3:32b", { size: "20Gi", gpuMemory: "24Gi" });

const releaseOf = (settings: Settings) => worldRunning(place(ollama, { settings })).releases[0];
const objectsOf = (settings: Settings): readonly Manifest[] => builtOf(worldRunning(place(ollama, { settings }))).flatMap(({ manifests }) => manifests);
const mistakesIn = (settings: Settings): readonly string[] => resolve(labOf({ clusters: [clusterOf({ runs: [place(ollama, { settings })] })] })).findings.map(({ rule }) => rule);
const containersOf = (objects: readonly Manifest[], kind: string): readonly ContainerSpec[] => objects.flatMap((it) => (it.kind === kind ? (podTemplateOf(it)?.spec.containers ?? []) : []));

test("the GPU must hold what may be loaded at once, spread over its devices", () => {
  expect(releaseOf({ models: [small, large] })?.needs.gpu).toEqual({ vendor: "nvidia", count: 1, memory: "24Gi" });
  expect(releaseOf({ models: [small, large], loadedModels: 2 })?.needs.gpu?.memory).toBe("28Gi");
  expect(releaseOf({ models: [large], gpus: 2 })?.needs.gpu).toMatchObject({ count: 2, memory: "12Gi" });
});

test("on the CPU it asks for no GPU, and its memory must hold the models", () => {
  expect(releaseOf({ models: [small], accelerator: "cpu" })?.needs.gpu).toBeUndefined();
  expect(mistakesIn({ models: [large], accelerator: "cpu" })).toEqual(["models-fit-memory"]);
  expect(mistakesIn({ models: [large], accelerator: "cpu", memory: "32Gi" })).toEqual([]);
});

test("the store must hold every model, and each is listed once", () => {
  expect(mistakesIn({ models: [small, large], modelSpace: "20Gi" })).toEqual(["models-fit-store"]);
  expect(mistakesIn({ models: [small, small] })).toEqual(["models-once"]);
  expect(mistakesIn({ models: [small, large], modelSpace: "22Gi" })).toEqual([]);
});

test("a duration that Ollama would quietly ignore is refused", () => {
  expect(mistakesIn({ keepAlive: "1d" })).toHaveLength(1);
  expect(mistakesIn({ keepAlive: "forever" })).toEqual([]);
});

test("the pod that holds a GPU stops before the next one starts", () => {
  const deployment = objectsOf({}).find(({ kind }) => kind === "Deployment");
  expect(fieldOf(deployment, "spec", "strategy", "type")).toBe("Recreate");
});

test("prompts stay in the lab unless somebody says otherwise", () => {
  const cloud = (settings: Settings) => containersOf(objectsOf(settings), "Deployment")[0]?.env?.find(({ name }) => name === "OLLAMA_NO_CLOUD")?.value;
  expect(cloud({})).toBe("1");
  expect(cloud({ cloudModels: true })).toBe("0");
});

test("it is not reached from outside the cluster by chance: it asks nobody who they are", () => {
  const reachOf = (settings: Settings) => releaseOf(settings)?.needs.exposes?.["api"]?.reach;
  expect(reachOf({})).toBe("cluster");
  expect(reachOf({ reach: "lan" })).toBe("lan");
});

test("the server alone reaches the registry, and the pull reaches the server alone", () => {
  const world = worldRunning(place(ollama, { settings: { models: [small] } }));
  const flows = world.releases.flatMap((it) => flowsOf(it, world)).flatMap(({ from, to, port }) => (from.kind === "pods" ? [[from.component, to.kind, port]] : []));
  expect(flows).toEqual([
    ["ollama", "addresses", 443],
    ["ollama", "addresses", 443],
    ["pull", "pods", 11434],
  ]);
});

test("who speaks Ollama's API and who speaks OpenAI's both find it", () => {
  const caller = (protocol: string) => place(appOf({ name: protocol, needs: { talksTo: { models: speaks(protocol) } } }));
  const world = worldRunning(place(ollama), caller("ollama"), caller("openai"));
  expect(world.releases.flatMap(({ callees }) => Object.values(callees))).toEqual([1, 2].map(() => ({ kind: "release", address: "one/ollama", endpoint: "api" })));
});

test("several releases keep out of each other's way", () => {
  const world = worldRunning(place(ollama, { settings: { models: [small] } }), place(ollama, { as: "ollama-embed", settings: { models: [large] } }));
  const [, embed] = builtOf(world);
  expect(new Set(embed?.manifests.flatMap(({ metadata }) => metadata.namespace ?? []))).toEqual(new Set(["ollama-embed"]));
  expect(containersOf(embed?.manifests ?? [], "Job")[0]?.env).toContainEqual({ name: "OLLAMA_HOST", value: "http://ollama-embed:11434" });
});

test("where it is watched, everybody but the kubelet reaches it through the meter", () => {
  const world = watched(place(ollama, { settings: { models: [small] } }));
  const [built] = builtOf(world);
  const deployment = built?.manifests.find(({ kind }) => kind === "Deployment");
  expect((deployment && podTemplateOf(deployment))?.spec.initContainers).toMatchObject([{ name: "meter", restartPolicy: "Always", ports: [{ containerPort: 11434 }, { containerPort: 9434 }] }]);
  expect(containersOf(built?.manifests ?? [], "Deployment")[0]).toMatchObject({ ports: [{ containerPort: 11435 }], readinessProbe: { httpGet: { port: 11435 } } });
  expect(world.releases.flatMap((it) => flowsOf(it, world)).filter(({ port }) => port === 11435)).toEqual([]);
});

test("where nobody watches, nobody counts", () => {
  expect(containersOf(objectsOf({}), "Deployment")[0]).toMatchObject({ ports: [{ containerPort: 11434 }] });
  expect(releaseOf({ models: [small] })?.needs.watches).toBeUndefined();
});

describe("pulling", () => {
  const job = (settings: Settings): string | undefined => objectsOf(settings).filter(({ kind }) => kind === "Job").map(objectName)[0];

  test("another list is another Job, so that Argo CD runs it and shows how it ends", () => {
    expect(job({ models: [small] })).not.toBe(job({ models: [small, large] }));
    expect(job({ models: [small] })).toBe(job({ models: [small], memory: "16Gi" }));
    expect(job({})).toBeUndefined();
  });

  test("a store that was lost fills again by itself", () => {
    const cron = objectsOf({ models: [small] }).find(({ kind }) => kind === "CronJob");
    expect(fieldOf(cron, "spec", "schedule")).toMatch(/^\d+ \* \* \* \*$/);
    expect(fieldOf(cron, "spec", "concurrencyPolicy")).toBe("Forbid");
  });

  test("its alerts speak of this release's jobs in its own namespace", () => {
    const [release] = watched(place(ollama, { as: "ollama-embed", settings: { models: [small] } })).releases;
    const expressions = (release?.needs.watches?.rules ?? []).flatMap(({ rules }) => rules.map(({ expr }) => expr));
    expect(expressions.filter((it) => it.includes("ollama-embed-"))).toEqual([expect.stringContaining('namespace="ollama-embed", job_name=~"ollama-embed-pull-.+"'), expect.stringContaining('namespace="ollama-embed", cronjob="ollama-embed-repull"')]);
  });
});

describe("the script that pulls", () => {
  const folder = mkdtempSync(join(tmpdir(), "pull-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs it against an `ollama` that fails for one model, and tells what was asked of it and how the run ended. */
  function run(models: Settings["models"]): { readonly asked: readonly string[]; readonly failed: boolean; readonly said: string } {
    const [container] = containersOf(objectsOf({ models }), "Job");
    const log = join(folder, "asked");
    writeFileSync(log, "");
    writeFileSync(join(folder, "ollama"), `#!/bin/sh\necho "$*" >> ${log}\n[ "$*" != "pull no-such:1b" ]\n`);
    chmodSync(join(folder, "ollama"), 0o755);
    const [shell = "", ...rest] = [...(container?.command ?? []), ...(container?.args ?? [])];
    const asked = () => readFileSync(log, "utf8").trim().split("\n");
    try {
      return { said: execFileSync(shell, rest, { env: { PATH: `${folder}:/usr/bin:/bin` }, encoding: "utf8" }), failed: false, asked: asked() };
    } catch (error) {
      return { said: String(fieldOf(error, "stdout")), failed: true, asked: asked() };
    }
  }

  test("pulls every model and ends well", () => {
    expect(run([small, large])).toMatchObject({ failed: false, asked: ["list", "pull llama3.2:3b", "pull qwen3:32b", "list"] });
  });

  test("one that fails does not keep the others from being pulled, and fails the run by name", () => {
    const { asked, failed, said } = run([model("no-such:1b", { size: "1Gi", gpuMemory: "1Gi" }), small]);
    expect(failed).toBe(true);
    expect(asked).toContain("pull llama3.2:3b");
    expect(said).toContain("FAILED: no-such:1b");
  });
});
