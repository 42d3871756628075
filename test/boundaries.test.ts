import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** Who may import whom. Read a line as: what is left may import what is right and itself, and nothing else of ours. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "engine/model": [],
  "engine/capabilities": ["engine/model", "engine/workload", "imports"],
  "engine/workload": ["engine/model", "imports"],
  "engine/checks": ["engine/model"],
  "engine/schema": ["engine/model", "imports"],
  "engine/emit": ["engine/model"],
  "engine/kinds": ["engine/model", "imports"],
  "engine/argocd": ["engine/model", "engine/workload", "engine/kinds", "imports"],
  "engine/proofs": ["engine/model", "engine/checks", "engine/kinds"],
  "engine/plan": ["engine/model", "engine/kinds", "engine/argocd", "engine/emit"],
  "engine/memory": ["engine/model", "engine/argocd", "engine/emit"],
  "engine/hosts": ["engine/model"],
  "engine/build": ["engine/model", "engine/kinds", "engine/capabilities", "engine/workload"],
  engine: ["engine", "imports"],
  apps: ["engine/model", "engine/workload", "imports"],
  lab: ["apps", "engine/model", "engine/capabilities"],
  examples: ["apps", "engine/model", "engine/capabilities", "engine/workload"],
  infra: ["lab", "engine/model", "engine/emit", "engine/hosts", "imports"],
  "main.ts": ["lab", "engine"],
};

const sources = ["engine", "apps", "lab", "examples", "infra"].flatMap(filesUnder).concat("main.ts");

test("imports point one way", () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.flatMap(wrongImports)).toEqual([]);
});

test("an import against the direction is noticed", () => {
  expect(isAllowed("engine/model/app.ts", "engine/synth")).toBe(false);
  expect(isAllowed("apps/ollama/ollama.ts", "apps/open-webui/open-webui")).toBe(false);
  expect(isAllowed("apps/ollama/ollama.ts", "apps/ollama/model")).toBe(true);
});

function wrongImports(file: string): readonly string[] {
  const targets = [...readFileSync(file, "utf8").matchAll(/(?:from|import) "(\.[^"]+)"/g)].map(([, target]) => normalize(join(dirname(file), target ?? "")));
  return targets.filter((target) => !isAllowed(file, target)).map((target) => `${file} imports ${target}`);
}

function isAllowed(file: string, target: string): boolean {
  const layer = layerOf(file);
  // An app is its folder: it may not reach into another's.
  if (layer === "apps" && target.startsWith("apps/")) return file.split("/")[1] === target.split("/")[1];
  return [layer, ...(mayImport[layer] ?? [])].some((allowed) => target === allowed || target.startsWith(`${allowed}/`));
}

function layerOf(file: string): string {
  const layers = Object.keys(mayImport).filter((layer) => file === layer || file.startsWith(`${layer}/`));
  return layers.sort((a, b) => b.length - a.length)[0] ?? "";
}

function filesUnder(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts")).map((file) => join(directory, file));
  } catch {
    return [];
  }
}
