import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { Listr, type ListrTask } from "listr2";
import { readPins } from "../pins";
import { artifacts, type Artifact } from "./artifact";
import { cacheDirectory } from "./cache-directory";
import { findGo, requireGit, type GoToolchain } from "./go-toolchain";

/** The cache directory of these pins with everything in it; makes what is missing, showing progress. */
export async function build(moduleDirectory: string): Promise<string> {
  const pins = readPins(moduleDirectory);
  requireGit(moduleDirectory);
  const go = findGo(moduleDirectory, pins.goVersion);
  const cache = cacheDirectory(pins.key(go.description));
  const missing = artifacts(pins).filter(({ name }) => !existsSync(path.join(cache, name)));
  if (missing.length === 0) return cache;

  console.log(`Building ${String(missing.length)} parts of the control plane into ${cache} (from nothing: some ten minutes; later runs reuse them).`);
  mkdirSync(cache, { recursive: true });
  await new Listr(missing.map((artifact) => buildTask(artifact, cache, go))).run();
  return cache;
}

function buildTask(artifact: Artifact, cache: string, go: GoToolchain): ListrTask {
  return {
    title: artifact.name,
    task: async (_, task) => {
      const started = Date.now();
      let compiled = 0;
      // Only a finished artifact gets its name, so an interrupted build leaves nothing that looks whole.
      const partial = path.join(cache, `.${artifact.name}.${String(process.pid)}`);
      rmSync(partial, { recursive: true, force: true });
      await artifact.make(partial, go, (line) => {
        compiled += 1;
        // Elsewhere than on a terminal every change of title would be a line of its own.
        if (process.stdout.isTTY) task.title = `${artifact.name}: ${String(compiled)} packages, ${line}`;
      });
      renameSync(partial, path.join(cache, artifact.name));
      task.title = `${artifact.name} (${String(Math.round((Date.now() - started) / 1000))} s)`;
    },
  };
}
