"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { digestOnce, filesUnder } = require("./digest.cjs");
const { esbuildOf } = require("./esbuild.cjs");
const { keepNewest } = require("./compiled.cjs");
const { replace } = require("./record.cjs");

/** What is the same for every lab. Its modules are a lab's to import. */
const rooms = ["engine", "apps"];

/**
 * Engine and catalogue as one file. Like an installed program's, it is made when the dependencies are installed, and anew only
 * once a source of it has changed; a lab is read against it.
 */
function programOf({ engineRoot, projectRoot }) {
  const isCheckout = fs.existsSync(path.join(engineRoot, "engine/cli/run.ts"));
  const root = isCheckout ? engineRoot : path.join(engineRoot, "lib");
  const isSource = isCheckout ? (file) => file.endsWith(".ts") && !file.endsWith(".d.ts") : (file) => file.endsWith(".js");
  const nameOf = (file) => path.relative(root, file).split(path.sep).join("/").replace(/\.[jt]s$/, "");
  const modules = rooms.flatMap((room) => filesUnder(path.join(root, room))).filter(isSource);
  const others = [...filesUnder(path.join(root, "imports")).filter(isSource), path.join(projectRoot, "package-lock.json"), ...launcher()];
  const folder = path.join(projectRoot, "node_modules/.hearth");
  let digest;

  return {
    /** Of every source of the program. */
    get digest() {
      return (digest ??= digestOnce(path.join(folder, "sources.json"), [...modules, ...others]));
    },
    folder,
    rooms: rooms.map((room) => path.join(root, room)),
    /** Under which name a file's module is exported, if it is one of the program's. */
    nameOf,
    /** The program's own file: it exports each module as a function that runs it once. */
    async file() {
      const file = path.join(folder, `program-${this.digest.slice(0, 16)}.cjs`);
      if (fs.existsSync(file)) return file;
      const entry = modules.map((module) => `${JSON.stringify(nameOf(module))}: () => require(${JSON.stringify(module)}),\n`).join("");
      const { outputFiles } = await esbuildOf([engineRoot, projectRoot]).build({
        stdin: { contents: `module.exports = {\n${entry}};\n`, resolveDir: projectRoot, sourcefile: "program.js", loader: "js" },
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        outfile: file,
        write: false,
        absWorkingDir: projectRoot,
        logLevel: "silent",
        minifyWhitespace: true,
        nodePaths: [path.join(engineRoot, "node_modules"), path.join(projectRoot, "node_modules")],
      });
      replace(file, outputFiles[0].contents);
      keepNewest(folder, /^program-\w+\.cjs$/);
      return file;
    },
  };
}

/** The launcher decides how the program is put together. */
const launcher = () => fs.readdirSync(__dirname).filter((file) => file.endsWith(".cjs")).sort().map((file) => path.join(__dirname, file));

module.exports = { programOf };
