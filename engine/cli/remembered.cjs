"use strict";
const { createHash } = require("node:crypto");
const path = require("node:path");
const { digestOf, digestOnce, filesUnder, touchedSince } = require("./digest.cjs");
const { FileIndex } = require("./file-index.cjs");
const { readRecord, replace } = require("./record.cjs");

/**
 * The last run's inputs by content, and its outputs by what the disk tells of them. When every source is still the same and would be
 * found in the same places, and nobody has touched what was written, the run would do nothing: its summary is printed again instead.
 * Anything else runs, and builds what can have changed.
 */
function remembered({ argv, program, engineRoot, cacheDir }) {
  const record = path.join(cacheDir, `${createHash("sha256").update(JSON.stringify(argv)).digest("hex").slice(0, 12)}.json`);

  let data;
  /** Node, and what the program reads. */
  const around = () => (data ??= `${process.version} ${digestOnce(path.join(program.folder, "imports.json"), filesUnder(path.join(engineRoot, "imports")))}`);
  /** Whatever is not a source of the lab and still decides the outcome. */
  const surroundings = () => `${around()} ${program.digest}`;
  /** The same without the catalogue. */
  const engine = () => `${around()} ${program.engineDigest}`;

  return {
    surroundings,
    engine,
    replay() {
      const last = readRecord(record);
      if (last === undefined || last.surroundings !== surroundings()) return false;
      if (last.inputsDigest !== digestOf(last.inputs)) return false;
      const index = new FileIndex(last.index.file, last.root, engine());
      if (index.digest !== last.index.digest || !index.isUntouched()) return false;
      process.stdout.write(last.text);
      process.exitCode = 0;
      return true;
    },
    /**
     * Only a run that succeeded and left the tree as it says is worth remembering; and none of which an input was edited since it
     * began to read them: the next one reads what is there now.
     * @param index where it is kept what stands below the root, and the digest of that
     */
    keep({ inputs, began, text, root, index }) {
      if (touchedSince(inputs, began)) return;
      replace(record, JSON.stringify({ surroundings: surroundings(), inputs, text, root, index, inputsDigest: digestOf(inputs) }));
    },
  };
}

module.exports = { remembered };
