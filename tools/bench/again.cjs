"use strict";
/**
 * What a second `synth` of a large lab costs: with nothing changed, and after one change to one release. Each is the whole command in a
 * process of its own, files written and all, and CPU is that of all its threads. What it leaves must be what a first one would write.
 */
const fs = require("node:fs");
const path = require("node:path");
const { digestOf, filesUnder } = require("../../engine/cli/digest.cjs");
const { labOf } = require("../../engine/cli/lab.cjs");
const { measured, median, scratch } = require("./measured.cjs");

const root = path.resolve(__dirname, "../..");
const times = 5;

/** CPU seconds of a first synth, of one after a change, and of one after none: medians. */
function again({ clusters, releases }) {
  const folder = fs.mkdtempSync(path.join(scratch, "hearth-again-"));
  const lab = path.join(folder, "lab");
  const changed = Array.from({ length: times }, (_, index) => `c${String(index + 1).padStart(4, "0")}/app-${index + 5}`);
  /** Begins from nothing, or from what an earlier synth of this lab left. */
  const synth = (change, out) => {
    fs.writeFileSync(path.join(lab, "lab.ts"), `import { largeLab } from ${JSON.stringify(path.join(__dirname, "scale/large-lab"))};\nexport const lab = largeLab(${clusters}, ${releases}, ${JSON.stringify(change)});\n`);
    return measured(["engine/cli/launch.cjs", "synth", "--lab", lab, "--out", path.join(folder, out)], folder).cpu;
  };
  const forget = () => fs.rmSync(labOf(["--lab", lab], root).cacheDir, { recursive: true, force: true });
  try {
    fs.mkdirSync(lab);
    fs.writeFileSync(path.join(lab, "lab.ts"), "");
    const took = { cold: [], one: [], none: [] };
    for (let time = 0; time < times; time++) {
      forget();
      fs.rmSync(path.join(folder, "out"), { recursive: true, force: true });
      took.cold.push(synth(undefined, "out"));
      took.one.push(synth(changed[time], "out"));
      // The first one of these remembers; from the second on it is what an owner sees.
      synth(changed[time], "out");
      took.none.push(synth(changed[time], "out"));
    }
    const left = contentOf(path.join(folder, "out"));
    forget();
    synth(changed[times - 1], "fresh");
    if (contentOf(path.join(folder, "fresh")) !== left) throw new Error(`${clusters} × ${releases}: a synth after a change did not leave what a first one writes`);
    return { cold: median(took.cold), one: median(took.one), none: median(took.none) };
  } finally {
    forget();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** One digest of all that stands in a folder, wherever that is. */
function contentOf(folder) {
  const here = process.cwd();
  process.chdir(folder);
  try {
    return digestOf(filesUnder("."));
  } finally {
    process.chdir(here);
  }
}

module.exports = { again };
