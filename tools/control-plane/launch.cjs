#!/usr/bin/env node
// Starts the control-plane tool with nothing but Node: bundles its TypeScript, then runs the bundle.
"use strict";
const { mkdirSync, renameSync } = require("node:fs");
const path = require("node:path");
const { install } = require("../../engine/cli/install.cjs");

const root = path.resolve(__dirname, "../..");
install(root);

const folder = path.join(root, "node_modules", ".cache", "hearth");
mkdirSync(folder, { recursive: true });
const bundle = path.join(folder, "control-plane.cjs");
// Written beside and renamed, because two runs may start at once.
const fresh = path.join(folder, `control-plane-${process.pid}.cjs`);
require(path.join(root, "node_modules", "esbuild")).buildSync({
  entryPoints: [path.join(__dirname, "main.ts")],
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  outfile: fresh,
  logLevel: "warning",
  // It runs its own binary, which a bundle cannot hold.
  external: ["esbuild"],
});
renameSync(fresh, bundle);

process.setSourceMapsEnabled(true);
require(bundle).main(root, process.argv);
