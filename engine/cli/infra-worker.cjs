"use strict";
/** Makes the files of `infra/` beside the thread that makes those of the clusters: cdktf alone takes as long to load as a cluster to build. */
const { parentPort, workerData } = require("node:worker_threads");
const { requireOf } = require("./bundle.cjs");
const { compiled } = require("./compiled.cjs");
const { infraOf } = require("./infra.cjs");
const { programOf } = require("./program.cjs");

// cdktf keeps the whole stack of every value that it makes, for messages that nobody gets here. Errors keep theirs.
Error.captureStackTrace = () => undefined;

async function main({ engineRoot, projectRoot, programFile, labFile, last }) {
  const code = compiled();
  const modules = code.run(programFile);
  const program = programOf({ engineRoot, projectRoot });
  const { file, inputs, digest } = last ?? (await infraOf({ program, engineRoot, projectRoot }).bundled());
  const { lab } = require(labFile)(requireOf(labFile, program, modules));
  const { infraFiles } = code.run(file)(requireOf(file, program, modules));
  const { made, reads } = modules["engine/memory/outside"]().fromOutside(lab, infraFiles);
  parentPort.postMessage({ files: made, reads, code: digest, inputs });
  code.keep();
}

main(workerData);
