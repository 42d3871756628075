import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { Listr, type ListrTask } from "listr2";
import { readPins } from "../pins";
import { artifacts, type Artifact } from "./artifact";
import { binariesIn, type Binaries } from "./binaries";
import { cacheDirectory } from "./cache-directory";
import { findGo, requireGit, type GoToolchain } from "./go-toolchain";

/** The programs of these pins, from the cache; makes what is missing, showing progress. */
export async function build(moduleDirectory: string): Promise<Binaries> {
  const pins = readPins(moduleDirectory);
  requireGit(moduleDirectory);
  const go = findGo(moduleDirectory, pins.goVersion);
  const binaries = binariesIn(cacheDirectory(), pins.upstreamKey(go.description), pins.testbedKey(go.description));
  const missing = artifacts(binaries, pins).filter((artifact) => !existsSync(artifact.path));
  if (missing.length === 0) return binaries;

  console.log(`Building ${String(missing.length)} parts of the control plane into ${binaries.directory} (from nothing: some ten minutes; later runs reuse them).`);
  mkdirSync(binaries.directory, { recursive: true });
  await new Listr(missing.map((artifact) => buildTask(artifact, go))).run();
  return binaries;
}

function buildTask(artifact: Artifact, go: GoToolchain): ListrTask {
  return {
    title: artifact.name,
    task: async (_, task) => {
      const started = Date.now();
      let compiled = 0;
      // Only a finished artifact gets its name, so an interrupted build leaves nothing that looks whole.
      const partial = path.join(path.dirname(artifact.path), `.${artifact.name}.${String(process.pid)}`);
      rmSync(partial, { recursive: true, force: true });
      await artifact.make(partial, go, (line) => {
        compiled += 1;
        // Elsewhere than on a terminal every change of title would be a line of its own.
        if (process.stdout.isTTY) task.title = `${artifact.name}: ${String(compiled)} packages, ${line}`;
      });
      renameSync(partial, artifact.path);
      task.title = `${artifact.name} (${String(Math.round((Date.now() - started) / 1000))} s)`;
    },
  };
}
