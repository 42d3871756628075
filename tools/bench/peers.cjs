"use strict";
/**
 * `npm run bench -- --peers`: the same 150 apps, 900 objects, rendered by other tools at pinned versions, which Go builds once.
 * Ours is what the engine does to build and to write objects, without checks, bundled as a synth is; cdk8s is a program as tsc
 * leaves it, which loads its packages. Neither compiles while it is timed.
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { leanBindings } = require("../../engine/cli/bindings.cjs");
const { esbuildOf } = require("../../engine/cli/esbuild.cjs");

const root = path.resolve(__dirname, "../..");

async function peers() {
  // Below node_modules, so that a program that is not bundled finds its packages.
  const cache = path.join(root, "node_modules/.cache");
  fs.mkdirSync(cache, { recursive: true });
  const out = fs.mkdtempSync(path.join(cache, "hearth-peers-"));
  try {
    const program = async (name, options) => {
      const outfile = path.join(out, `${name}.cjs`);
      await esbuildOf([root]).build({ entryPoints: [path.join(__dirname, `peers/${name}.ts`)], bundle: true, platform: "node", target: "node20", outfile, logLevel: "error", ...options });
      return outfile;
    };
    const programs = [await program("main"), await program("ours", { minifyWhitespace: true, plugins: [leanBindings] }), await program("stock", { packages: "external" })];
    const rounds = process.argv.find((arg) => /^--rounds=\d+$/.test(arg))?.slice("--rounds=".length) ?? "3";
    return spawnSync(process.execPath, [programs[0], root, programs[1], programs[2], rounds], { stdio: ["ignore", "inherit", "inherit"] }).status === 0;
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
}

module.exports = { peers };
