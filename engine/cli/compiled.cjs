"use strict";
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");
const { replace } = require("./record.cjs");

/** Where V8's compiled form of a bundle lies: V8 itself refuses one of another Node or other flags. */
const codeOf = (file) => `${file}.v8`;

/**
 * Runs bundles from what V8 compiled of them in an earlier run, functions that only ran then included: a cold start spends
 * much of its time on compiling.
 */
function compiled() {
  const fresh = [];
  return {
    /** What the bundle exports. Its digest is part of its name, so that a compiled form never belongs to another text. */
    run(file) {
      const cachedData = readIfThere(codeOf(file));
      const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${fs.readFileSync(file, "latin1")}\n})`, { filename: file, ...(cachedData ? { cachedData } : {}) });
      if (cachedData === undefined || script.cachedDataRejected) fresh.push({ file, script });
      const module = { exports: {} };
      script.runInThisContext()(module.exports, createRequire(file), module, file, path.dirname(file));
      return module.exports;
    },
    /** Keeps what this process had to compile itself. */
    keep() {
      for (const { file, script } of fresh.splice(0)) replace(codeOf(file), script.createCachedData());
    },
  };
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Lets go of all but the newest bundles whose names match: another run may just be starting one that is no longer current. */
function keepNewest(folder, pattern, count = 3) {
  const bundles = fs.readdirSync(folder).filter((name) => pattern.test(name)).map((name) => path.join(folder, name));
  const age = new Map(bundles.map((file) => [file, fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0]));
  for (const file of bundles.sort((left, right) => age.get(right) - age.get(left)).slice(count)) for (const part of [file, codeOf(file)]) fs.rmSync(part, { force: true });
}

module.exports = { compiled, keepNewest };
