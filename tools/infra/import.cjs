#!/usr/bin/env node
// Regenerates imports/proxmox: `node tools/infra/import.cjs` from the committed schema with Node alone; with `--schema`, which
// needs Go and terraform, it first takes the schema anew from the provider that proxmox/go.mod pins.
"use strict";
const { buildSync } = require("esbuild");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const outfile = join(root, ".cache", "infra", "import.cjs");
buildSync({ entryPoints: [join(__dirname, "import.ts")], outfile, bundle: true, platform: "node", target: "node20", packages: "external", sourcemap: "inline" });
require(outfile)
  .main(root, process.argv.slice(2))
  .catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
