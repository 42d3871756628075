"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { digestOf, filesUnder } = require("./digest.cjs");

/**
 * The last run's inputs and outputs by content. When every byte that was read is still the same and every byte that was
 * written still stands, the run would do nothing: its summary is printed again instead. Anything else runs in full.
 */
function remembered({ argv, program, engineRoot, cacheDir }) {
  const record = path.join(cacheDir, `${createHash("sha256").update(JSON.stringify(argv)).digest("hex").slice(0, 12)}.json`);

  /** Whatever is not a source of the lab and still decides the outcome: the program, its data, Node. */
  const surroundings = () => [process.version, program.digest, digestOf(filesUnder(path.join(engineRoot, "imports")))].join(" ");

  return {
    replay() {
      let last;
      try {
        last = JSON.parse(fs.readFileSync(record, "utf8"));
      } catch {
        return false;
      }
      if (last.surroundings !== surroundings()) return false;
      if (last.inputsDigest !== digestOf(last.inputs)) return false;
      if (last.outputsDigest !== digestOf(last.roots.flatMap(filesUnder))) return false;
      process.stdout.write(last.text);
      process.exitCode = 0;
      return true;
    },
    /** Only a run that succeeded and left the tree as it says is worth remembering. */
    keep({ inputs, roots, text, root, tree, foreign }) {
      // What was just written, or found to stand there, need be neither looked for nor read again.
      const standing = new Map([...tree].map(([file, content]) => [path.join(root, file), content]));
      const files = [...standing.keys(), ...foreign.map((file) => path.join(root, file))].sort();
      const all = { surroundings: surroundings(), inputs, roots, text, inputsDigest: digestOf(inputs), outputsDigest: digestOf(roots.flatMap((dir) => files.filter((file) => file.startsWith(dir + path.sep))), standing) };
      fs.mkdirSync(cacheDir, { recursive: true });
      fs.writeFileSync(record, JSON.stringify(all));
    },
  };
}

module.exports = { remembered };
