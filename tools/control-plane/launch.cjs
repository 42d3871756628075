#!/usr/bin/env node
// Starts the control-plane tool with nothing but Node: bundles its TypeScript, then runs the bundle.
"use strict";
const { mkdirSync, renameSync } = require("node:fs");
const path = require("node:path");
const { install } = require("../../engine/cli/install.cjs");

const root = path.resolve(__dirname, "../..");

/** Bundles a TypeScript file and calls its `main`. */
function launch(entry, name) {
  install(root);
  const folder = path.join(root, "node_modules", ".cache", "hearth");
  mkdirSync(folder, { recursive: true });
  const bundle = path.join(folder, `${name}.cjs`);
  // Written beside and renamed, because two runs may start at once.
  const fresh = path.join(folder, `${name}-${process.pid}.cjs`);
  require(path.join(root, "node_modules", "esbuild")).buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20",
    keepNames: true,
    sourcemap: "inline",
    outfile: fresh,
    logLevel: "warning",
    // It runs its own binary, which a bundle cannot hold.
    external: ["esbuild"],
  });
  renameSync(fresh, bundle);

  process.setSourceMapsEnabled(true);
  require(bundle).main(root, process.argv);
}

module.exports = { launch };
if (require.main === module) launch(path.join(__dirname, "main.ts"), "control-plane");
