import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { synthesisOf } from "./labs";

const keyOf = (object: unknown): string => JSON.stringify(object, (_key, value: unknown) => (typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value));

test("cdk8s' own synth renders the same objects", () => {
  const out = mkdtempSync(join(tmpdir(), "hearth-cdk8s-"));
  try {
    execFileSync(process.execPath, ["node_modules/cdk8s-cli/bin/cdk8s", "synth", "--check-upgrade=false", "--output", out], { stdio: "pipe" });
    const stock = readdirSync(out).flatMap((file) => loadAll(readFileSync(join(out, file), "utf8"))).filter((object) => object !== null && object !== undefined);
    // What stands under argocd/releases is no object: parameters of the ApplicationSets.
    const files = [...synthesisOf("lab").tree].filter(([path]) => /^(dist|argocd)\/.*\.yaml$/.test(path) && !path.startsWith("argocd/releases/"));
    const ours = files.flatMap(([, text]) => loadAll(text));
    expect(ours.length).toBeGreaterThan(100);
    expect(stock.map(keyOf).sort()).toEqual(ours.map(keyOf).sort());
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}, 180_000);
