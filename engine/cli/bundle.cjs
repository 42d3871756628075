"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { esbuildOf } = require("./esbuild.cjs");

/**
 * One file that holds a lab and the engine. TypeScript's types are checked by `npm run typecheck`; here they are only removed.
 * `traced` keeps where each line came from, which takes longer.
 * Returns the bundle and the sources that went into it, so that an unchanged run can be recognised.
 */
async function bundle({ entry, engineRoot, projectRoot, cacheDir, traced = false }) {
  const file = path.join(cacheDir, traced ? "traced.cjs" : "bundle.cjs");
  const from = (target) => JSON.stringify(target.split(path.sep).join("/"));
  const engine = ["engine/cli/run.ts", "lib/engine/cli/run.js"].map((it) => path.join(engineRoot, it)).find((it) => fs.existsSync(it));
  try {
    const { metafile } = await esbuildOf([engineRoot, projectRoot]).build({
      stdin: {
        contents: `import { lab } from ${from(entry)};\nimport { run as start } from ${from(engine)};\nexport const run = (context) => start(lab, context);\n`,
        resolveDir: projectRoot,
        sourcefile: "hearth-entry.ts",
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      outfile: file,
      absWorkingDir: projectRoot,
      metafile: true,
      logLevel: "silent",
      // A fifth less for Node to read.
      ...(traced ? { sourcemap: "inline" } : { minifyWhitespace: true }),
      nodePaths: [path.join(engineRoot, "node_modules"), path.join(projectRoot, "node_modules")],
    });
    const sources = Object.keys(metafile.inputs).filter((it) => it !== "hearth-entry.ts" && !it.includes("node_modules/"));
    return { file, inputs: sources.map((it) => path.resolve(projectRoot, it)) };
  } catch (failure) {
    for (const error of failure.errors ?? [{ text: String(failure) }]) {
      const at = error.location ? `${error.location.file}:${error.location.line}:${error.location.column + 1}` : path.relative(projectRoot, entry);
      process.stderr.write(`${at}: ${error.text}\n`);
    }
    process.stderr.write("The lab could not be read; nothing was written.\n");
    process.exit(1);
  }
}

module.exports = { bundle };
