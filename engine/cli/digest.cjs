"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { readRecord, replace } = require("./record.cjs");

/** Every file below a folder, sorted; none where there is no such folder. */
function filesUnder(root) {
  if (!fs.existsSync(root)) return [];
  const found = [];
  const open = [root];
  while (open.length > 0) {
    const dir = open.pop();
    for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
      const full = `${dir}${path.sep}${entry.name}`;
      if (entry.isDirectory()) open.push(full);
      else found.push(full);
    }
  }
  return found.sort();
}

/**
 * One digest of many files and folders: their names and all that is in them, of a folder the names.
 */
function digestOf(paths) {
  const hash = createHash("sha1");
  for (const it of paths) {
    hash.update(`${it}\0`);
    hash.update(contentOf(it));
  }
  return hash.digest("hex");
}

function contentOf(it) {
  try {
    return fs.readFileSync(it);
  } catch (failure) {
    return failure.code === "EISDIR" ? namesIn(it).join("\0") : "missing";
  }
}

/** What of which kind is in a folder, and where its links lead. */
const namesIn = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true }).map((it) => `${it.name} ${it.isSymbolicLink() ? fs.readlinkSync(path.join(folder, it.name)) : `${it.isDirectory()} ${it.isFile()}`}`).sort();

/** What the disk tells of something without its being read. Nobody can change it and set all of that back. */
const wordsOf = ({ ino, size, mtimeMs, ctimeMs }) => [ino, size, mtimeMs, ctimeMs];

/**
 * Whether what the disk tells of something is so young that it might not tell one more change. Its clock ticks a hundred times a second;
 * of a disk that tells whole seconds, or even ones, not more often than that.
 */
const isYoung = ({ ctimeMs }, now) => ctimeMs > now - (ctimeMs % 1000 === 0 ? 2000 : 20);

/**
 * One digest of many files and folders by what the disk tells of them without their being read: nobody can change one and set
 * back when. Of those that changed a moment ago, by what is in them.
 * @param read those whose content counts; without it, those that are too young
 */
function stampsOf(paths, read) {
  const now = Date.now();
  const young = new Set(read);
  const hash = createHash("sha1");
  // Handed over bit by bit: a text of thousands of files costs the garbage collector more than the disk.
  let some = "";
  for (const it of paths) {
    const stats = fs.lstatSync(it, { throwIfNoEntry: false });
    // Of a symlink, the disk tells nothing about what it leads to.
    if (read === undefined && stats !== undefined && (isYoung(stats, now) || stats.isSymbolicLink())) young.add(it);
    some += `${it}\0${young.has(it) ? "" : stats && wordsOf(stats).join(" ")}\0`;
    if (some.length < 1 << 14) continue;
    hash.update(some);
    some = "";
  }
  return { stamps: hash.update(some).digest("hex"), young: [...young] };
}

/** What many files and folders are known by: the disk's word for each, and the content of those that are too young for it. */
function outcomeOf(paths, read) {
  const { stamps, young } = stampsOf(paths, read);
  return { digest: `${stamps} ${digestOf(young)}`, young };
}

/** Whether a file of these may be another one than it was at a time, in milliseconds since 1970. */
const touchedSince = (paths, time) => paths.some((it) => {
  const stats = fs.statSync(it, { throwIfNoEntry: false });
  return stats !== undefined && stats.isFile() && isYoung(stats, time);
});

/**
 * The digest of many files that hardly ever change, whose content need not be read while the disk says that nobody has touched them.
 * @param record where it is kept
 */
function digestOnce(record, paths) {
  const kept = readRecord(record);
  if (kept !== undefined && outcomeOf(paths, kept.young).digest === kept.outcome) return kept.digest;
  // First the disk's word: what changes meanwhile is seen next time.
  const { digest: outcome, young } = outcomeOf(paths);
  const digest = digestOf(paths);
  replace(record, JSON.stringify({ outcome, young, digest }));
  return digest;
}

module.exports = { digestOf, digestOnce, filesUnder, isYoung, touchedSince, wordsOf };
