"use strict";
/**
 * `npm run bench -- --scale`: generated labs up to 1,000 clusters, each in one process, with every check and proof that a synth
 * makes, up to the text of every file; what is left out is writing them. CPU counts all threads of the process, its start included.
 * Then what a second synth costs: see again.cjs.
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { again } = require("./again.cjs");
const { leanBindings } = require("../../engine/cli/bindings.cjs");
const { esbuildOf } = require("../../engine/cli/esbuild.cjs");
const { v8Flags } = require("../../engine/cli/v8-flags.cjs");

const root = path.resolve(__dirname, "../..");
const sizes = [
  { clusters: 5, releases: 35 },
  { clusters: 25, releases: 35 },
  { clusters: 25, releases: 70 },
  { clusters: 100, releases: 35 },
  { clusters: 1000, releases: 35 },
];

async function scale() {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "hearth-scale-"));
  try {
    const program = path.join(out, "scale.cjs");
    await esbuildOf([root]).build({ entryPoints: [path.join(__dirname, "scale/main.ts")], bundle: true, platform: "node", target: "node20", outfile: program, plugins: [leanBindings], logLevel: "error" });
    const results = sizes.map(({ clusters, releases }) => {
      const run = spawnSync(process.execPath, [...v8Flags, program, String(clusters), String(releases), path.join(root, "imports")], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
      if (run.status !== 0) throw new Error(`${clusters} clusters ended with ${run.status ?? run.signal}`);
      const it = JSON.parse(run.stdout);
      process.stdout.write(`${String(clusters).padStart(5)} × ${releases}${count(it.objects)} objects${count(it.files)} files${it.megabytes.toFixed(0).padStart(5)} MB${it.seconds.toFixed(2).padStart(8)} s CPU${((it.seconds / it.objects) * 1e6).toFixed(0).padStart(5)} µs/object${it.peak.toFixed(0).padStart(6)} MB peak\n`);
      return it;
    });
    const [, , wide, , largest] = results;
    const repeated = sizes.slice(1, -1).map((size) => ({ size, ...again(size) }));
    for (const { size, cold, one, none } of repeated)
      process.stdout.write(`${String(size.clusters).padStart(5)} × ${size.releases}  whole synth${cold.toFixed(2).padStart(7)} s CPU, after one change${one.toFixed(2).padStart(6)} s (${(one / cold).toFixed(2)}), after none${none.toFixed(2).padStart(6)} s (${(none / cold).toFixed(3)})\n`);
    const exponent = slope(results.filter((it, index) => sizes[index].releases === 35 && it.clusters >= 25));
    return report([
      ["exponent from 25 clusters up", exponent, 1.05, ""],
      ["25 × 70", wide.seconds, 10, " s CPU"],
      ["the largest", largest.seconds, 60, " s CPU"],
      ["the largest's memory", largest.peak, 1024, " MB"],
      ...repeated.map(({ size, cold, one }) => [`${size.clusters} × ${size.releases} after one change`, one / cold, 0.2, " of the whole"]),
      ...repeated.map(({ size, cold, none }) => [`${size.clusters} × ${size.releases} after none`, none / cold, 0.05, " of the whole"]),
    ]);
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
}

const count = (number) => number.toLocaleString("en").padStart(9);

/** By which power of the objects the time grows: the least-squares line through the logarithms. */
function slope(results) {
  const points = results.map(({ objects, seconds }) => [Math.log(objects), Math.log(seconds)]);
  const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

/** Prints each limit with what was found; whether all hold. */
function report(limits) {
  for (const [name, value, most, unit] of limits) process.stdout.write(`${value <= most ? "ok  " : "FAIL"}  ${name.padEnd(30)}${value.toFixed(2)}${unit}  (at most ${most}${unit})\n`);
  return limits.every(([, value, most]) => value <= most);
}

module.exports = { scale };
