"use strict";
/**
 * One lab, two ways, in turn on the same machine. Only the ratios mean anything.
 *   ours anew       node engine/cli/launch.cjs synth, after a change of the engine: the program is made first, which `npm ci` does otherwise
 *   ours cold       the same with the program made, and nothing known of the lab: read, every check, every file written
 *   ours unchanged  the same again
 *   stock           cdk8s synth: type-checking ts-node, one App, cdk8s' own emitter, no checks
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const rounds = Number(process.argv.find((arg) => /^--rounds=\d+$/.test(arg))?.slice("--rounds=".length) ?? 5);
/** In memory where there is such a place: on a disk whose files come and go, ext4 alone takes a second for ours, and another time none. */
const scratch = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();
const program = path.join(root, "node_modules/.hearth");
const labs = path.join(root, "node_modules/.cache/hearth");

/** Wall seconds and peak memory of one whole process. */
function timed(args, out) {
  const usage = path.join(out, "usage.json");
  const started = process.hrtime.bigint();
  const run = spawnSync(process.execPath, ["--require", path.join(__dirname, "usage.cjs"), ...args], { cwd: root, env: { ...process.env, HEARTH_USAGE: usage }, stdio: ["ignore", "pipe", "pipe"] });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (run.status !== 0) throw new Error(`${args.join(" ")} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  return { seconds, megabytes: JSON.parse(fs.readFileSync(usage, "utf8")).maxRSS / 1024 };
}

/** How each is run, below a folder of its own. */
const waysIn = (out) => {
  let times = 0;
  const ours = () => timed(["engine/cli/launch.cjs", "synth", "--out", path.join(out, `lab-${times}`)], out);
  const without = (...known) => {
    for (const folder of known) fs.rmSync(folder, { recursive: true, force: true });
    times++;
    return ours();
  };
  return {
    "ours anew": () => without(program, labs),
    "ours cold": () => without(labs),
    "ours unchanged": ours,
    stock: () => timed(["node_modules/cdk8s-cli/bin/cdk8s", "synth", "--check-upgrade=false", "--output", path.join(out, "stock")], out),
  };
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Whether every ratio holds. */
function againstStock() {
  const out = fs.mkdtempSync(path.join(scratch, "hearth-bench-"));
  const ways = waysIn(out);
  try {
    const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, run] of Object.entries(ways)) results[name].push(run());
      // A first unchanged run after a cold one remembers; from the second on it is what an owner sees.
      process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    }
    const seconds = (name) => median(results[name].map((it) => it.seconds));
    for (const name of Object.keys(ways))
      process.stdout.write(`${name.padEnd(16)}${seconds(name).toFixed(2)} s   ${Math.round(Math.max(...results[name].map((it) => it.megabytes)))} MB\n`);
    const checks = [
      ["stock / ours cold", seconds("stock") / seconds("ours cold"), 10],
      ["stock / ours unchanged", seconds("stock") / seconds("ours unchanged"), 25],
    ].map(([name, ratio, least]) => ({ name, ok: ratio >= least, text: `${name.padEnd(24)}${ratio.toFixed(1)}×  (at least ${least}×)` }));
    const peak = Math.max(...results["ours cold"].map((it) => it.megabytes));
    checks.push({ name: "memory", ok: peak < 300, text: `${"peak memory".padEnd(24)}${Math.round(peak)} MB  (under 300 MB)` });
    for (const check of checks) process.stdout.write(`${check.ok ? "ok  " : "FAIL"}  ${check.text}\n`);
    return checks.every((check) => check.ok);
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
}

module.exports = { againstStock };
