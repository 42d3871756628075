#!/usr/bin/env node
/**
 * Starts hearth with nothing but Node: installs the locked dependencies when they are missing or stale, bundles the lab with
 * the engine, and runs the bundle in this process. A run whose inputs and outputs are those of the last one says so at once.
 */
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { install } = require("./install.cjs");
const { bundle } = require("./bundle.cjs");
const { labThrew, stoppedUnexpectedly } = require("./failure.cjs");
const { infraOf } = require("./infra.cjs");
const { remembered } = require("./remembered.cjs");

const engineRoot = path.resolve(__dirname, "../..");
const projectRoot = process.cwd();

function labOf(argv) {
  const at = argv.findIndex((arg) => arg === "--lab" || arg.startsWith("--lab="));
  const given = at < 0 ? "lab" : argv[at].includes("=") ? argv[at].slice("--lab=".length) : argv[at + 1];
  return path.resolve(projectRoot, given ?? "lab");
}

async function main() {
  const argv = process.argv.slice(2);
  const labDir = labOf(argv);
  const entry = ["lab.ts", "lab.js"].map((file) => path.join(labDir, file)).find((file) => fs.existsSync(file));
  if (entry === undefined) {
    process.stderr.write(`${path.relative(projectRoot, labDir) || "."}: found no lab.ts; expected a folder that describes a lab. Name one with --lab, such as --lab examples/single-cluster.\n`);
    process.exit(1);
  }
  install(projectRoot);
  const cacheDir = path.join(projectRoot, "node_modules/.cache/hearth", createHash("sha256").update(labDir).digest("hex").slice(0, 12));
  const memory = remembered({ argv, projectRoot, engineRoot, cacheDir });
  if (memory.replay()) return;
  const { file, inputs } = await bundle({ entry, engineRoot, projectRoot, cacheDir });
  const infra = infraOf({ engineRoot, projectRoot });
  const remember = (outcome) => memory.keep({ ...outcome, inputs: [...inputs, ...(infra?.inputs() ?? [])] });
  let program;
  try {
    program = require(file);
  } catch (failure) {
    return await labThrew(failure, { projectRoot, traced: async () => require((await bundle({ entry, engineRoot, projectRoot, cacheDir, traced: true })).file) });
  }
  await program.run({ argv, projectRoot, engineRoot, labDir, remember, infra: infra?.start });
}

main().catch(stoppedUnexpectedly);
