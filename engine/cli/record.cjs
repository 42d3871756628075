"use strict";
const fs = require("node:fs");
const path = require("node:path");

/** What an earlier run left in a file for this one; undefined where there is none, or it is not what was written. */
function readRecord(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Written beside and renamed, because two runs may do the same at once. */
function replace(file, content) {
  const fresh = `${file}-${process.pid}`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(fresh, content);
  fs.renameSync(fresh, file);
}

module.exports = { readRecord, replace };
