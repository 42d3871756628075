"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");

/** Where benches write. In memory where there is such a place: on a disk whose files come and go, ext4 alone takes a second for ours, and another time none. */
const scratch = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();

/** What one whole process of Node's took: wall and CPU seconds, and memory at its peak. Children of its own are in the first alone. */
function measured(args, folder) {
  const usage = path.join(folder, "usage.json");
  const started = process.hrtime.bigint();
  const run = spawnSync(process.execPath, ["--require", path.join(__dirname, "usage.cjs"), ...args], { cwd: root, env: { ...process.env, HEARTH_USAGE: usage }, stdio: ["ignore", "pipe", "pipe"] });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (run.status !== 0) throw new Error(`${args.join(" ")} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(fs.readFileSync(usage, "utf8"));
  return { seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

module.exports = { measured, median, scratch };
