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
 */
function digestOf(files) {
  const hash = createHash("sha1");
  for (const file of files) {
    hash.update(`${file}\0`);
    try {
      hash.update(fs.readFileSync(file));
    } catch {
      hash.update("missing");
    }
  }
  return hash.digest("hex");
}

/** A file's stamp that is younger than this, in milliseconds, might not tell one more change: the disk's clock ticks a hundred times a second. */
const tooYoung = 20;

/**
 * One digest of many files by what the disk tells of them without their being read: nobody can change one and set back when. Of
 * those that changed a moment ago, by what is in them.
 * @param read files whose content counts; without it, those that are too young
 * @param told what the disk told of some of them, as engine/emit/files.ts words it
 */
function stampsOf(files, read, told = () => undefined) {
  const youngest = Date.now() - tooYoung;
  const young = new Set(read);
  const hash = createHash("sha1");
  for (const file of files) {
    const known = told(file);
    const stats = known === undefined ? fs.lstatSync(file, { throwIfNoEntry: false }) : undefined;
    if (read === undefined && stats !== undefined && stats.ctimeMs > youngest) young.add(file);
    const stamp = known ?? (stats && `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`);
    hash.update(`${file}\0${young.has(file) ? "" : stamp}\0`);
  }
  return { stamps: hash.digest("hex"), young: [...young] };
}

module.exports = { digestOf, filesUnder, stampsOf };
