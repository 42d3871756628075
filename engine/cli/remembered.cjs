"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { digestOf, filesUnder, stampsOf } = require("./digest.cjs");

/**
 * The last run's inputs by content, and its outputs by what the disk tells of them. When every byte that was read is still the
 * same and nobody has touched what was written, the run would do nothing: its summary is printed again instead. Anything else
 * runs, and builds the clusters that can have changed.
 */
function remembered({ argv, program, engineRoot, cacheDir }) {
  const record = path.join(cacheDir, `${createHash("sha256").update(JSON.stringify(argv)).digest("hex").slice(0, 12)}.json`);

  /** Whatever is not a source of the lab and still decides the outcome: the program, its data, Node. */
  let known;
  const surroundings = () => (known ??= [process.version, program.digest, digestOf(filesUnder(path.join(engineRoot, "imports")))].join(" "));

  return {
    surroundings,
    replay() {
      let last;
      try {
        last = JSON.parse(fs.readFileSync(record, "utf8"));
      } catch {
        return false;
      }
      if (last.surroundings !== surroundings()) return false;
      if (last.inputsDigest !== digestOf(last.inputs)) return false;
      if (last.outputs !== outputsOf(last.roots.flatMap(filesUnder), last.young).digest) return false;
      process.stdout.write(last.text);
      process.exitCode = 0;
      return true;
    },
    /** Only a run that succeeded and left the tree as it says is worth remembering. */
    keep({ inputs, roots, text, root, tree, foreign, stamps }) {
      // What was just written, or found to stand there, need not be looked for again.
      const files = [...tree.keys(), ...foreign].map((file) => `${root}${path.sep}${file}`).sort();
      const { digest, young } = outputsOf(roots.flatMap((dir) => files.filter((file) => file.startsWith(dir + path.sep))), undefined, (file) => stamps.get(file.slice(root.length + 1)));
      const all = { surroundings: surroundings(), inputs, roots, text, inputsDigest: digestOf(inputs), outputs: digest, young };
      fs.mkdirSync(cacheDir, { recursive: true });
      fs.writeFileSync(record, JSON.stringify(all));
    },
  };
}

/** What an output is known by: the disk's word for each file, and the content of those that are too young for it. */
function outputsOf(files, read, told) {
  const { stamps, young } = stampsOf(files, read, told);
  return { digest: `${stamps} ${digestOf(young)}`, young };
}

module.exports = { remembered };
