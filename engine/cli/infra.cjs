"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { esbuildOf } = require("./esbuild.cjs");

/**
 * What a repository with an `infra/` folder makes of its lab besides Kubernetes: machines, networks and the off-site store. It is
 * a bundle of its own, built anew only when its code changes: cdktf and its resources are larger than all the rest.
 * Returns undefined where there is no such folder.
 */
function infraOf({ engineRoot, projectRoot }) {
  const entry = [projectRoot, engineRoot].map((root) => path.join(root, "infra/files.ts")).find((file) => fs.existsSync(file));
  if (entry === undefined) return undefined;
  const cacheDir = path.join(projectRoot, "node_modules/.cache/hearth/infra");
  const file = path.join(cacheDir, "infra.cjs");
  const record = path.join(cacheDir, "infra.json");
  let inputs = [];
  const lockfile = path.join(projectRoot, "package-lock.json");
  const bundled = async () => {
    const last = readRecord(record);
    if (last && fs.existsSync(file) && last.digest === digestOf([...last.inputs, lockfile])) {
      inputs = last.inputs;
      return file;
    }
    const options = { bundle: true, platform: "node", target: "node20", format: "cjs", metafile: true, logLevel: "silent", minifyWhitespace: true };
    // Written beside and renamed, because two runs may start at once.
    const fresh = path.join(cacheDir, `infra-${process.pid}.cjs`);
    const { metafile } = await esbuildOf([engineRoot, projectRoot]).build({ ...options, entryPoints: [entry], outfile: fresh, absWorkingDir: projectRoot });
    inputs = Object.keys(metafile.inputs).filter((it) => !it.includes("node_modules/")).map((it) => path.resolve(projectRoot, it));
    fs.renameSync(fresh, file);
    fs.writeFileSync(record, JSON.stringify({ inputs, digest: digestOf([...inputs, lockfile]) }));
    return file;
  };
  return {
    /** Begins to bundle, beside whatever this process does meanwhile; the result makes the files. */
    start() {
      const bundling = bundled();
      // A run that is refused never asks how it went.
      bundling.catch(() => undefined);
      return async (world) => require(await bundling).infraFiles(world.lab, world);
    },
    inputs: () => inputs,
  };
}

function readRecord(record) {
  try {
    return JSON.parse(fs.readFileSync(record, "utf8"));
  } catch {
    return undefined;
  }
}

function digestOf(files) {
  const hash = createHash("sha1");
  for (const file of files) hash.update(`${file}\0`).update(fs.existsSync(file) ? fs.readFileSync(file) : "missing");
  return hash.digest("hex");
}

module.exports = { infraOf };
