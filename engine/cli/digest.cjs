"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

/** Every file below a folder, sorted; none where there is no such folder. */
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

/**
 * One digest of many files: their names and all that is in them.
 * @param known the content of some of them, as it stands on the disk
 */
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

module.exports = { digestOf, filesUnder };
