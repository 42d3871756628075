#!/usr/bin/env node
/**
 * Starts hearth with nothing but Node: installs the locked dependencies when they are missing or stale, reads the lab against
 * the program, and runs it in this process. A run whose inputs and outputs are those of the last one says so at once.
 */
"use strict";
const path = require("node:path");
const { requireOf } = require("./bundle.cjs");
const { compiled } = require("./compiled.cjs");
const { stoppedUnexpectedly } = require("./failure.cjs");
const { infraOf } = require("./infra.cjs");
const { install } = require("./install.cjs");
const { labOf, reading } = require("./lab.cjs");
const { programOf } = require("./program.cjs");
const { remembered } = require("./remembered.cjs");

const engineRoot = path.resolve(__dirname, "../..");
const projectRoot = process.cwd();

async function main() {
  const argv = process.argv.slice(2);
  const lab = labOf(argv, projectRoot);
  if (lab === undefined) {
    process.exitCode = 1;
    return;
  }
  install(projectRoot);
  const program = programOf({ engineRoot, projectRoot });
  const memory = remembered({ argv, program, engineRoot, cacheDir: lab.cacheDir });
  if (memory.replay()) return;

  const read = reading(lab, { program, engineRoot, projectRoot });
  const code = compiled();
  const modules = code.run(await program.file());
  const { run } = modules["engine/cli/run"]();
  const described = await read(modules);
  if (described === undefined) return;

  const infra = infraOf({ program, engineRoot, projectRoot });
  const remember = (outcome) => memory.keep({ ...outcome, inputs: [...described.inputs, ...(infra?.inputs() ?? [])] });
  await run(described.lab, { argv, projectRoot, engineRoot, labDir: lab.dir, remember, infra: infra && started(infra, code, modules) });
  code.keep();
}

/** Begins to bundle, beside whatever this process does meanwhile; the result makes the files. */
const started = (infra, code, modules) => () => {
  const file = infra.file();
  // A run that is refused never asks how it went.
  file.catch(() => undefined);
  return async (world) => code.run(await file)(requireOf(modules, require)).infraFiles(world.lab, world);
};

main().catch(stoppedUnexpectedly);
