#!/usr/bin/env node
/**
 * Starts hearth with nothing but Node: installs the locked dependencies when they are missing or stale, and runs a command on a lab.
 * A run whose inputs and outputs are those of the last one says so at once, and loads nothing of what would make them.
 */
"use strict";
const path = require("node:path");
const { stoppedUnexpectedly } = require("./failure.cjs");
const { install } = require("./install.cjs");
const { labOf } = require("./lab.cjs");
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
  if (!memory.replay()) await require("./command.cjs").command({ argv, lab, program, memory, engineRoot, projectRoot });
}

main().catch(stoppedUnexpectedly);
