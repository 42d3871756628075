"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { leanBindings } = require("./bindings.cjs");
const { closuresOf } = require("./closures.cjs");
const { digestOf, digestOnce, filesUnder } = require("./digest.cjs");
const { esbuildOf } = require("./esbuild.cjs");
const { keepNewest } = require("./compiled.cjs");
const { replace } = require("./record.cjs");

/** Every lab is made by the engine, and by those of the catalogue's modules that it imports. */
const engine = "engine";
const catalogue = "apps";
/** What is the same for every lab. Its modules are a lab's to import. */
const rooms = [engine, catalogue];

/**
 * Engine and catalogue as one file. Like an installed program's, it is made when the dependencies are installed, and anew only
 * once a source of it has changed; a lab is read against it.
 */
function programOf({ engineRoot, projectRoot }) {
  const isCheckout = fs.existsSync(path.join(engineRoot, "engine/cli/run.ts"));
  const root = isCheckout ? engineRoot : path.join(engineRoot, "lib");
  const isSource = isCheckout ? (file) => file.endsWith(".ts") && !file.endsWith(".d.ts") : (file) => file.endsWith(".js");
  const nameOf = (file) => path.relative(root, file).split(path.sep).join("/").replace(/\.[jt]s$/, "");
  const modulesIn = (room) => filesUnder(path.join(root, room)).filter(isSource);
  const [ofEngine, ofCatalogue] = [modulesIn(engine), modulesIn(catalogue)];
  const modules = [...ofEngine, ...ofCatalogue];
  const others = [...filesUnder(path.join(root, "imports")).filter(isSource), path.join(projectRoot, "package-lock.json"), ...launcher()];
  const folder = path.join(projectRoot, "node_modules/.hearth");
  const once = (name, files) => digestOnce(path.join(folder, `${name}.json`), files);
  let digests;
  const known = () => (digests ??= { engine: once(engine, [...ofEngine, ...others]), catalogue: once(catalogue, ofCatalogue) });

  return {
    /** Of every source of the program. */
    get digest() {
      return createHash("sha1").update(`${known().engine} ${known().catalogue}`).digest("hex");
    },
    /** Of every source of it but the catalogue's. */
    get engineDigest() {
      return known().engine;
    },
    folder,
    rooms: rooms.map((room) => path.join(root, room)),
    /** Under which name a file's module is exported, if it is one of the program's. */
    nameOf,
    /** The program's own file: it exports each module as a function that runs it once, and as `closures` a digest for each of the catalogue's. */
    async file() {
      const file = path.join(folder, `program-${this.digest.slice(0, 16)}.cjs`);
      if (fs.existsSync(file)) return file;
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
      const closures = closuresOf(new Map(ofCatalogue.map((module) => [module, digestOf([module])])), (module) => inputs.get(module) ?? []);
      const named = Object.fromEntries([...closures].map(([module, closure]) => [nameOf(module), closure]));
      replace(file, `${outputFiles[0].text}module.exports.closures = ${JSON.stringify(named)};\n`);
      keepNewest(folder, /^program-\w+\.cjs$/);
      return file;
    },
  };
}

/** The launcher decides how the program is put together. */
const launcher = () => fs.readdirSync(__dirname).filter((file) => file.endsWith(".cjs")).sort().map((file) => path.join(__dirname, file));

module.exports = { programOf };
