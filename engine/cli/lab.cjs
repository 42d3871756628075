"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { labThrew } = require("./failure.cjs");

/** The lab that a command is about: a folder with a lab.ts. Undefined, with a word to the owner, where there is none. */
function labOf(argv, projectRoot) {
  const at = argv.findIndex((arg) => arg === "--lab" || arg.startsWith("--lab="));
  const given = at < 0 ? "lab" : argv[at].includes("=") ? argv[at].slice("--lab=".length) : argv[at + 1];
  const dir = path.resolve(projectRoot, given ?? "lab");
  const entry = ["lab.ts", "lab.js"].map((file) => path.join(dir, file)).find((file) => fs.existsSync(file));
  if (entry === undefined) {
    process.stderr.write(`${path.relative(projectRoot, dir) || "."}: found no lab.ts; expected a folder that describes a lab. Name one with --lab, such as --lab examples/single-cluster.\n`);
    return undefined;
  }
  return { dir, entry, cacheDir: path.join(projectRoot, "node_modules/.cache/hearth", createHash("sha256").update(dir).digest("hex").slice(0, 12)) };
}

/** Begins to read a lab, beside whatever this process does meanwhile. The result runs it, or tells why it cannot be. */
function reading({ entry, cacheDir }, { program, engineRoot, projectRoot }) {
  // Asked for where it is needed: a run that finds nothing changed would wait for it.
  const { bundle, requireOf, resolvedBy } = require("./bundle.cjs");
  const { keepNewest } = require("./compiled.cjs");
  const bundled = async (traced) => {
    const began = Date.now();
    const placed = (name) => path.join(cacheDir, `${traced ? "traced" : "lab"}-${name}.cjs`);
    const unnamed = placed(process.pid);
    const sources = await bundle({ entry, program, engineRoot, projectRoot, outfile: unnamed, traced });
    // By what is in it, because another run may read what has been edited meanwhile.
    const digest = createHash("sha1").update(fs.readFileSync(unnamed)).digest("hex");
    const file = placed(digest.slice(0, 16));
    fs.renameSync(unnamed, file);
    keepNewest(cacheDir, /^(lab|traced)-\w{16}\.cjs$/);
    return { file, digest, began, inputs: [...sources, ...resolvedBy(sources)] };
  };
  const first = bundled(false);
  // Waited for below, once the program is there.
  first.catch(() => undefined);

  /**
   * @param modules the program's
   * @returns the lab, the file that it was read to and the digest of that, what it was read from, and when that began; undefined
   * where it could not be read, which the owner has been told
   */
  return async (modules) => {
    try {
      const { file, ...read } = await first;
      const names = new Map();
      const run = (it) => require(it)(requireOf(it, program, modules, (module, exported) => nameAll(names, module, exported, modules.closures))).lab;
      try {
        return { lab: run(file), names, file, ...read };
      } catch (failure) {
        await labThrew(failure, { projectRoot, traced: async () => run((await bundled(true)).file) });
      }
    } catch (failure) {
      for (const error of failure.errors ?? [{ text: String(failure) }]) {
        const at = error.location ? `${error.location.file}:${error.location.line}:${error.location.column + 1}` : path.relative(projectRoot, entry);
        process.stderr.write(`${at}: ${error.text}\n`);
      }
      process.stderr.write("The lab could not be read; nothing was written.\n");
    }
    process.exitCode = 1;
    return undefined;
  };
}

/** What a lab is made from keeps its name from one run to the next, as long as the code that makes it is the same. */
function nameAll(names, module, exported, closures) {
  const from = closures[module] ? `${module} ${closures[module]}` : module;
  for (const [name, value] of Object.entries(exported)) if (value instanceof Object && !names.has(value)) names.set(value, `${from}#${name}`);
}

module.exports = { labOf, reading };
