"use strict";
/**
 * After the dependencies are installed: makes the program, so that no command has to, by running it once on the lab that is
 * here. What that lab comes to is thrown away, and what is wrong with it is for the first command to tell.
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const out = fs.mkdtempSync(path.join(os.tmpdir(), "hearth-prepare-"));
try {
  spawnSync(process.execPath, [path.join(__dirname, "launch.cjs"), "synth", "--out", out], { stdio: "ignore" });
} finally {
  fs.rmSync(out, { recursive: true, force: true });
}
