"use strict";
const { createHash } = require("node:crypto");
const path = require("node:path");
const { digestOf, digestOnce, filesUnder, outcomeOf } = require("./digest.cjs");
const { readRecord, replace } = require("./record.cjs");

/**
 * The last run's inputs by content, and its outputs by what the disk tells of them. When every byte that was read is still the
 * same and nobody has touched what was written, the run would do nothing: its summary is printed again instead. Anything else
 * runs, and builds the clusters that can have changed.
 */
function remembered({ argv, program, engineRoot, cacheDir }) {
  const record = path.join(cacheDir, `${createHash("sha256").update(JSON.stringify(argv)).digest("hex").slice(0, 12)}.json`);

  let data;
  /** Node, and what the program reads. */
  const around = () => (data ??= `${process.version} ${digestOnce(path.join(program.folder, "imports.json"), filesUnder(path.join(engineRoot, "imports")))}`);
  /** Whatever is not a source of the lab and still decides the outcome. */
  const surroundings = () => `${around()} ${program.digest}`;

  return {
    surroundings,
    /** The same without the catalogue. */
    engine: () => `${around()} ${program.engineDigest}`,
    replay() {
      const last = readRecord(record);
      if (last === undefined || last.surroundings !== surroundings()) return false;
      if (last.inputsDigest !== digestOf(last.inputs)) return false;
      const { root, outputs, young, outcome } = last;
      if (outcomeOf(outputs.map((it) => root + it), young.map((it) => root + it)).digest !== outcome) return false;
      process.stdout.write(last.text);
      process.exitCode = 0;
      return true;
    },
    /**
     * Only a run that succeeded and left the tree as it says is worth remembering.
     * @param outputs every folder that it owns, and everything that stands in them: a folder's own stamp tells that nothing has come or gone
     */
    keep({ inputs, text, root, outputs, stamps }) {
      const from = `${root}${path.sep}`;
      const { digest, young } = outcomeOf(outputs.map((it) => from + it), undefined, (file) => stamps.get(file.slice(from.length)));
      const all = { surroundings: surroundings(), inputs, text, root: from, outputs, inputsDigest: digestOf(inputs), outcome: digest, young: young.map((it) => it.slice(from.length)) };
      replace(record, JSON.stringify(all));
    },
  };
}

module.exports = { remembered };
