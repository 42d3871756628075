#!/usr/bin/env node
// Starts the operators' tool with nothing but Node: bundles its TypeScript, then runs the bundle.
"use strict";
const { mkdirSync, readFileSync, renameSync } = require("node:fs");
const path = require("node:path");
const { install } = require("../../engine/cli/install.cjs");

const root = path.resolve(__dirname, "../..");
install(root);

const folder = path.join(root, "node_modules", ".cache", "hearth");
mkdirSync(folder, { recursive: true });
const bundle = path.join(folder, "operators.cjs");
// Written beside and renamed, because two runs may start at once.
const fresh = path.join(folder, `operators-${process.pid}.cjs`);

/** A file that looks for its module beside itself must find it from a bundle, too. */
const ownDirectory = {
  name: "own-directory",
  setup(build) {
    build.onLoad({ filter: /[/\\]tools[/\\]programs\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, "utf8").replaceAll("__dirname", JSON.stringify(path.dirname(file))),
      loader: "ts",
    }));
  },
};

async function main() {
  await require(path.join(root, "node_modules", "esbuild")).build({
    entryPoints: [path.join(__dirname, "main.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    sourcemap: "inline",
    outfile: fresh,
    logLevel: "warning",
    // It runs its own binary, which a bundle cannot hold.
    external: ["esbuild"],
    plugins: [ownDirectory],
  });
  renameSync(fresh, bundle);
  process.setSourceMapsEnabled(true);
  await require(bundle).main(root, process.argv);
}

void main();
