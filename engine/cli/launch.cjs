#!/usr/bin/env node
/**
 * Starts hearth with nothing but Node: installs the locked dependencies when they are missing or stale, reads the lab against
 * the program, and runs it in this process. A run whose inputs and outputs are those of the last one says so at once.
 */
"use strict";
const path = require("node:path");
const { Worker } = require("node:worker_threads");
const { compiled } = require("./compiled.cjs");
const { digestOf } = require("./digest.cjs");
const { stoppedUnexpectedly } = require("./failure.cjs");
const { infraOf } = require("./infra.cjs");
const { install } = require("./install.cjs");
const { labOf, reading } = require("./lab.cjs");
const { programOf } = require("./program.cjs");
const { remembered } = require("./remembered.cjs");
const { setV8Flags } = require("./v8-flags.cjs");

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

  setV8Flags();
  const read = reading(lab, { program, engineRoot, projectRoot });
  const v8 = compiled();
  const file = await program.file();
  const modules = v8.run(file);
  const { run } = modules["engine/cli/run"]();
  const described = await read(modules);
  if (described === undefined) return;

  const infraCode = infraOf({ program, engineRoot, projectRoot });
  const infra = infraCode && beside(infraCode, { engineRoot, projectRoot, programFile: file, labFile: described.file });
  const remember = (outcome) => memory.keep({ ...outcome, inputs: [...described.inputs, ...(infra?.inputs() ?? [])] });
  const code = { names: described.names, lab: digestOf(described.inputs), engine: memory.engine(), program: memory.surroundings() };
  await run(described.lab, { argv, projectRoot, engineRoot, labDir: lab.dir, remember, infra, memory: { directory: path.join(lab.cacheDir, "clusters"), code } });
  v8.keep();
}

/** Makes what `infra/` makes of a lab beside whatever this thread does meanwhile. */
function beside(infraCode, workerData) {
  const last = infraCode.current();
  let inputs = last?.inputs ?? [];
  return {
    code: last?.digest,
    /** A run that is refused does not wait: its wrong lab may well have failed there too. */
    start() {
      const worker = new Worker(path.join(__dirname, "infra-worker.cjs"), { workerData: { ...workerData, last } });
      const made = new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
      made.catch(() => undefined);
      worker.unref();
      return async () => {
        worker.ref();
        const { inputs: read, ...outcome } = await made;
        inputs = read;
        return outcome;
      };
    },
    inputs: () => inputs,
  };
}

main().catch(stoppedUnexpectedly);
