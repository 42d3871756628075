"use strict";
const path = require("node:path");
const { Worker } = require("node:worker_threads");
const { compiled } = require("./compiled.cjs");
const { FileIndex } = require("./file-index.cjs");
const { infraEntries, infraOf } = require("./infra.cjs");
const { reading } = require("./lab.cjs");
const { setV8Flags } = require("./v8-flags.cjs");

/** Reads the lab against the program, and runs the command in this process. */
async function command({ argv, lab, program, memory, engineRoot, projectRoot }) {
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
  const remember = (outcome) => memory.keep({ ...outcome, began: described.began, inputs: [...described.inputs, ...infraEntries({ engineRoot, projectRoot }), ...(infra?.inputs() ?? [])] });
  const code = { names: described.names, lab: described.digest, engine: memory.engine(), program: memory.surroundings() };
  const clusters = { directory: path.join(lab.cacheDir, "clusters"), code, indexOf: (indexFile, root) => new FileIndex(indexFile, root, code.engine) };
  await run(described.lab, { argv, projectRoot, engineRoot, labDir: lab.dir, remember, infra, memory: clusters });
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

module.exports = { command };
