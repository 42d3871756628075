"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

/**
 * The last run's inputs and outputs by content. When every byte that was read is still the same and every byte that was
 * written still stands, the run would do nothing: its summary is printed again instead. Anything else runs in full.
 */
function remembered({ argv, projectRoot, engineRoot, cacheDir }) {
  const record = path.join(cacheDir, `${createHash("sha256").update(JSON.stringify(argv)).digest("hex").slice(0, 12)}.json`);
  const launcher = fs.readdirSync(__dirname).filter((file) => file.endsWith(".cjs")).sort().map((file) => path.join(__dirname, file));

  /** Whatever is not a source of the bundle and still decides the outcome: data, dependencies, this launcher, Node. */
  const surroundings = () => [...filesUnder(path.join(engineRoot, "imports")), ...launcher, path.join(projectRoot, "package-lock.json")];

  return {
    replay() {
      let last;
      try {
        last = JSON.parse(fs.readFileSync(record, "utf8"));
      } catch {
        return false;
      }
      if (last.node !== process.version || last.dataDigest !== digestOf(surroundings())) return false;
      if (last.inputsDigest !== digestOf(last.inputs)) return false;
      if (last.outputsDigest !== digestOf(last.roots.flatMap(filesUnder))) return false;
      process.stdout.write(last.text);
      process.exitCode = 0;
      return true;
    },
    /** Only a run that succeeded and left the tree as it says is worth remembering. */
    keep({ inputs, roots, text, root, tree }) {
      // What was just written, or found to stand there, need not be read again.
      const standing = new Map([...tree].map(([file, content]) => [path.join(root, file), content]));
      const all = { node: process.version, inputs, roots, text, dataDigest: digestOf(surroundings()), inputsDigest: digestOf(inputs), outputsDigest: digestOf(roots.flatMap(filesUnder), standing) };
      fs.mkdirSync(cacheDir, { recursive: true });
      fs.writeFileSync(record, JSON.stringify(all));
    },
  };
}

function filesUnder(root) {
  if (!fs.existsSync(root)) return [];
  const found = [];
  const open = [root];
  while (open.length > 0) {
    const dir = open.pop();
    for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
      const full = path.join(dir, entry.name);
      if (entry.isDirectory()) open.push(full);
      else found.push(full);
    }
  }
  return found.sort();
}

/** @param known the content of some of them, as it stands on the disk */
function digestOf(files, known = new Map()) {
  const hash = createHash("sha1");
  for (const file of files) {
    hash.update(`${file}\0`);
    try {
      hash.update(known.get(file) ?? fs.readFileSync(file));
    } catch {
      hash.update("missing");
    }
  }
  return hash.digest("hex");
}

module.exports = { remembered };
