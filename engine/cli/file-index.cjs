"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { digestOf, isYoung, wordsOf } = require("./digest.cjs");
const { readRecord, replace } = require("./record.cjs");

/** How many numbers the disk tells of each file and folder: `wordsOf`. */
const each = 4;
/** Of a folder that is not there, as long as it is not. */
const absent = -1;
/** Is no number's equal, not even its own. */
const untold = NaN;

/**
 * What stood below a root when a run was done, as git's index knows a work tree: every folder, and by piece of the run and folder every
 * file, each with what the disk tells of it without its being read. Nobody can change one and set back when. Of what had changed just
 * before, the disk might not tell one more change: that is known by its content.
 */
class FileIndex {
  #file;
  #root;
  #engine;
  #kept;
  #stamps;
  #contents;
  /** By number, whether each is what it was: asked for once. */
  #isSame = [];
  #folders;
  #pieces = new Map();
  /** By the list of some files' names, the number of the first. */
  #firsts = new Map();
  #inFolders;

  /** @param engine digest of the engine: what another one kept may look otherwise */
  constructor(file, root, engine) {
    this.#file = file;
    this.#root = `${root}${path.sep}`;
    this.#engine = engine;
    const record = readRecord(file);
    const isOurs = record?.engine === engine;
    this.digest = isOurs ? record.digest : undefined;
    this.#kept = isOurs ? record.kept : { folders: [], pieces: [], stamps: "", contents: [] };
    const { folders, pieces, stamps, contents } = this.#kept;
    this.#stamps = new Float64Array(new Uint8Array(Buffer.from(stamps, "base64")).buffer);
    this.#contents = new Map(contents);
    this.#folders = new Map(folders.map((folder, number) => [folder, number]));
    let first = folders.length;
    for (const { name, text, files } of pieces) {
      this.#pieces.set(name, { text, files, first });
      for (const [, , count] of files) first += count;
    }
  }

  /** Whether nobody has touched anything. */
  isUntouched() {
    const { folders, pieces } = this.#kept;
    return this.#above().every((folder) => this.#isNoLink(folder)) && folders.every((folder, number) => this.#asItWas(number, folder)) && pieces.every(({ name }) => this.stands(name));
  }

  /** The files of a piece, by folder, where it came to this text. */
  files(name, text) {
    const piece = this.#pieces.get(name);
    if (piece?.text !== text) return undefined;
    let { first } = piece;
    const all = new Map();
    for (const [folder, joined, count] of piece.files) {
      const names = joined.split("/");
      all.set(folder, names);
      this.#firsts.set(names, first);
      first += count;
    }
    return all;
  }

  /** Whether nobody has touched one of a piece's files. */
  stands(name) {
    let { first: number, files } = this.#pieces.get(name);
    return files.every(([folder, joined]) => joined.split("/").every((it) => this.#asItWas(number++, `${folder}/${it}`)));
  }

  /** How many files are in a folder, and the names of the folders there, where nothing has come or gone. */
  folder(at) {
    const number = this.#folders.get(at);
    if (number === undefined || !this.#asItWas(number, at)) return undefined;
    return (this.#inFolders ??= this.#contained()).get(at);
  }

  /**
   * Keeps what stands now, for the next run.
   * @param pieces with their files by folder; those that `files` gave are known, as long as they stand
   * @param folders all of them, and whatever else is to be seen when it comes
   * @param written files that were written, and folders in which something has come, gone or changed by that
   * @param compared when it began to be compared with what was to stand, and when all was written, in milliseconds since 1970: what
   *   was changed later is somebody else's, and never known
   * @returns a digest of all that is kept
   */
  keep({ pieces, folders, written, compared }) {
    const all = pieces.flatMap(({ files }) => [...files]);
    const stamps = new Float64Array(each * all.reduce((count, [, names]) => count + names.length, folders.length)).fill(untold);
    const contents = [];
    const see = (number, at, unlessThere) => {
      const now = Date.now();
      const stats = fs.lstatSync(this.#root + at, { throwIfNoEntry: false });
      if (stats === undefined) stamps.fill(unlessThere, number * each, (number + 1) * each);
      else if (stats.ctimeMs > (written.has(at) ? compared.ended : compared.began)) return;
      else if (!isYoung(stats, now)) stamps.set(wordsOf(stats), number * each);
      else if (isRead(stats)) contents.push([number, digestOf([this.#root + at])]);
    };
    const again = (number, before) => {
      stamps.set(this.#stamps.subarray(before * each, (before + 1) * each), number * each);
      if (this.#contents.has(before)) contents.push([number, this.#contents.get(before)]);
    };
    // About in the order in which they were written, so that some time has passed since; a folder changes with the last file in it.
    let next = folders.length;
    for (const [folder, names] of all) {
      const first = this.#firsts.get(names);
      names.forEach((name, index) => {
        const number = next++;
        if (first !== undefined && this.#isSame[first + index]) again(number, first + index);
        else see(number, `${folder}/${name}`, untold);
      });
    }
    folders.forEach((folder, number) => {
      const before = this.#folders.get(folder);
      if (before !== undefined && this.#isSame[before] && !written.has(folder)) again(number, before);
      else see(number, folder, absent);
    });
    // No name holds a slash, and one text is read sooner than a list.
    const listed = pieces.map(({ name, text, files }) => ({ name, text, files: [...files].map(([folder, names]) => [folder, names.join("/"), names.length]) }));
    const kept = JSON.stringify({ folders, pieces: listed, stamps: Buffer.from(stamps.buffer).toString("base64"), contents });
    const digest = createHash("sha1").update(kept).digest("hex");
    if (digest !== this.digest) replace(this.#file, `{"engine":${JSON.stringify(this.#engine)},"digest":"${digest}","kept":${kept}}`);
    return digest;
  }

  #asItWas(number, at) {
    return (this.#isSame[number] ??= this.#see(number, this.#root + at));
  }

  #see(number, file) {
    try {
      return this.#isAsTold(number, file);
    } catch {
      // What cannot be looked at is not what it was; whoever is to write there is told why.
      return false;
    }
  }

  #isAsTold(number, file) {
    const stats = fs.lstatSync(file, { throwIfNoEntry: false });
    const at = number * each;
    const told = this.#stamps;
    if (stats === undefined) return told[at] === absent;
    const words = wordsOf(stats);
    if (words.every((word, field) => word === told[at + field])) return true;
    if (!this.#contents.has(number) || !isRead(stats) || this.#contents.get(number) !== digestOf([file])) return false;
    // Next time the disk's word is enough, which was asked for before the content was.
    if (!isYoung(stats, Date.now())) {
      this.#contents.delete(number);
      told.set(words, at);
    }
    return true;
  }

  /** Folders on the way to those that are kept: they may change, and must not lead elsewhere. */
  #above() {
    const above = new Set();
    for (const folder of this.#folders.keys())
      for (let it = path.posix.dirname(folder); it !== "." && !this.#folders.has(it); it = path.posix.dirname(it)) above.add(it);
    return [...above];
  }

  #isNoLink(folder) {
    const stats = fs.lstatSync(this.#root + folder, { throwIfNoEntry: false });
    return stats === undefined || stats.isDirectory();
  }

  #contained() {
    const there = this.#kept.folders.filter((_, number) => this.#stamps[number * each] !== absent);
    const all = new Map(there.map((folder) => [folder, { files: 0, folders: [] }]));
    for (const folder of there) all.get(path.posix.dirname(folder))?.folders.push(path.posix.basename(folder));
    for (const { files } of this.#kept.pieces)
      for (const [folder, , count] of files) {
        const held = all.get(folder);
        if (held) held.files += count;
      }
    return all;
  }
}

const isRead = (stats) => stats.isFile() || stats.isDirectory();

module.exports = { FileIndex };
