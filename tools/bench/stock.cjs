"use strict";
/**
 * One lab, two ways, in turn on the same machine. Only the ratios mean anything.
 *   ours anew       node engine/cli/launch.cjs synth, after a change of the engine: the program is made first, which `npm ci` does otherwise
 *   ours cold       the same with the program made, and nothing known of the lab: read, every check, every file written
 *   ours unchanged  the same again
 *   stock           cdk8s synth: type-checking ts-node, one App, cdk8s' own emitter, no checks
 */
const fs = require("node:fs");
const path = require("node:path");
const { measured, median, scratch } = require("./measured.cjs");

const root = path.resolve(__dirname, "../..");
const rounds = Number(process.argv.find((arg) => /^--rounds=\d+$/.test(arg))?.slice("--rounds=".length) ?? 5);
const program = path.join(root, "node_modules/.hearth");
const labs = path.join(root, "node_modules/.cache/hearth");

/** How each is run, below a folder of its own. */
const waysIn = (out) => {
  let times = 0;
  const ours = () => measured(["engine/cli/launch.cjs", "synth", "--out", path.join(out, `lab-${times}`)], out);
  const without = (...known) => {
    for (const folder of known) fs.rmSync(folder, { recursive: true, force: true });
    times++;
    return ours();
  };
  return {
    "ours anew": () => without(program, labs),
    "ours cold": () => without(labs),
    "ours unchanged": ours,
    stock: () => measured(["node_modules/cdk8s-cli/bin/cdk8s", "synth", "--check-upgrade=false", "--output", path.join(out, "stock")], out),
  };
};

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
