/** `npm run import`: bundles import.ts and runs it. */
const { buildSync } = require("esbuild");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const outfile = join(root, ".cache", "crds", "import.cjs");
buildSync({ entryPoints: [join(__dirname, "import.ts")], outfile, bundle: true, platform: "node", target: "node20", packages: "external", sourcemap: "inline" });
try {
  require(outfile).main(root);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
