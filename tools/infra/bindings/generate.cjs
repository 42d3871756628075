// Runs cdktf's generator without its command line, which would download terraform: `node generate.cjs PACKAGES VERSION OUT < schema.json`.
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const [packages, version, out] = process.argv.slice(2);
const load = createRequire(join(packages, "package.json"));
const { TerraformProviderGenerator } = load("@cdktf/provider-generator/lib/get/generator/provider-generator");
const { ConstructsMakerProviderTarget, TerraformProviderConstraint } = load("@cdktf/commons");
const { CodeMaker } = load("codemaker");

const schema = JSON.parse(readFileSync(0, "utf8"));
const [address] = Object.keys(schema.provider_schemas);
schema.provider_versions = { [address]: version };
schema.provider_schemas[address].data_source_schemas = {};

const code = new CodeMaker();
code.indentation = 2;
new TerraformProviderGenerator(code, schema).generate(new ConstructsMakerProviderTarget(new TerraformProviderConstraint(`bpg/proxmox@${version}`), "typescript"));
void code.save(out);
