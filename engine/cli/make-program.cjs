"use strict";
const path = require("node:path");
const { leanBindings } = require("./bindings.cjs");
const { closuresOf } = require("./closures.cjs");
const { keepNewest } = require("./compiled.cjs");
const { digestOf } = require("./digest.cjs");
const { esbuildOf } = require("./esbuild.cjs");
const { replace } = require("./record.cjs");

/**
 * Bundles engine and catalogue into one file. It exports each module as a function that runs it once, and as `closures` a digest for
 * each of the catalogue's.
 * @param file where it is to be, in the folder of all that were made before
 * @param modules the paths of all
 * @param catalogue the paths of all that is in the catalogue
 * @param nameOf what a module is called by its path
 * @param isStill whether what it is made from is what it was
 * @returns whether it was made: not from what was edited meanwhile, and may have been read before or after
 */
async function makeProgram({ file, folder, modules, catalogue, nameOf, isStill, engineRoot, projectRoot }) {
  const entry = modules.map((module) => `${JSON.stringify(nameOf(module))}: () => require(${JSON.stringify(module)}),\n`).join("");
  const { outputFiles, metafile } = await esbuildOf([engineRoot, projectRoot]).build({
    stdin: { contents: `module.exports = {\n${entry}};\n`, resolveDir: projectRoot, sourcefile: "program.js", loader: "js" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    outfile: file,
    write: false,
    metafile: true,
    absWorkingDir: projectRoot,
    logLevel: "silent",
    minifyWhitespace: true,
    plugins: [leanBindings],
    nodePaths: [path.join(engineRoot, "node_modules"), path.join(projectRoot, "node_modules")],
  });
  const inputs = new Map(Object.entries(metafile.inputs).map(([input, it]) => [path.resolve(projectRoot, input), it.imports.map((imported) => path.resolve(projectRoot, imported.path))]));
  const closures = closuresOf(new Map(catalogue.map((module) => [module, digestOf([module])])), (module) => inputs.get(module) ?? []);
  const named = Object.fromEntries([...closures].map(([module, closure]) => [nameOf(module), closure]));
  if (!isStill()) return false;
  replace(file, `${outputFiles[0].text}module.exports.closures = ${JSON.stringify(named)};\n`);
  keepNewest(folder, /^program-\w+\.cjs$/);
  return true;
}

module.exports = { makeProgram };
