"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { digestOnce, filesUnder } = require("./digest.cjs");

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
  const [ofEngine, ofCatalogue] = rooms.map((room) => filesUnder(path.join(root, room)));
  const modules = [...ofEngine, ...ofCatalogue].filter(isSource);
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
      const { digest } = this;
      const file = path.join(folder, `program-${digest.slice(0, 16)}.cjs`);
      if (fs.existsSync(file)) return file;
      const isStill = () => {
        digests = undefined;
        return this.digest === digest;
      };
      // Asked for where it is needed: most runs find it made.
      const isMade = await require("./make-program.cjs").makeProgram({ file, folder, modules, catalogue: ofCatalogue, nameOf, isStill, engineRoot, projectRoot });
      return isMade ? file : this.file();
    },
  };
}

/** The launcher decides how the program is put together. */
const launcher = () => fs.readdirSync(__dirname).filter((file) => file.endsWith(".cjs")).sort().map((file) => path.join(__dirname, file));

module.exports = { programOf };
