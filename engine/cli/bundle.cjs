"use strict";
const path = require("node:path");
const { esbuildOf } = require("./esbuild.cjs");

/** How a bundle asks for a module of the program. */
const ofProgram = "hearth:";

/**
 * One file out of a folder's code, read against the program: whatever that holds is asked for, never held twice.
 * It exports a function that takes a `require` which answers for the program's modules. TypeScript's types are checked by
 * `npm run typecheck`; here they are only removed. Returns the sources that went into it. Throws what esbuild found.
 * @param traced keeps where each line came from, which takes longer
 */
async function bundle({ entry, program, engineRoot, projectRoot, outfile, traced = false }) {
  const { metafile } = await esbuildOf([engineRoot, projectRoot]).build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    outfile,
    absWorkingDir: projectRoot,
    metafile: true,
    logLevel: "silent",
    // A fifth less for Node to read.
    ...(traced ? { sourcemap: "inline" } : { minifyWhitespace: true }),
    nodePaths: [path.join(engineRoot, "node_modules"), path.join(projectRoot, "node_modules")],
    banner: { js: "module.exports = (require) => { const module = { exports: {} };" },
    footer: { js: "return module.exports; };" },
    plugins: [againstProgram(program)],
  });
  const sources = Object.keys(metafile.inputs).filter((it) => !it.includes("node_modules/"));
  return sources.map((it) => path.resolve(projectRoot, it));
}

/** Leaves the program's modules to the program, by whatever path or package name they are imported. */
const againstProgram = (program) => ({
  name: "against-program",
  setup(build) {
    build.onResolve({ filter: /^(\.|\/|hearth($|\/)|[A-Za-z]:)/ }, async ({ path: target, pluginData, ...from }) => {
      if (pluginData === ofProgram || from.kind === "entry-point") return undefined;
      const plain = path.isAbsolute(target) || target.startsWith(".") ? program.nameOf(`${path.resolve(from.resolveDir, target)}`) : undefined;
      if (plain !== undefined) return { path: ofProgram + plain, external: true };
      const resolved = await build.resolve(target, { importer: from.importer, kind: from.kind, resolveDir: from.resolveDir, namespace: from.namespace, pluginData: ofProgram });
      const name = resolved.errors.length === 0 ? program.nameOf(resolved.path) : undefined;
      return name === undefined ? resolved : { path: ofProgram + name, external: true };
    });
  },
});

/** What a bundle's `require` is: the program's own modules first, then whatever Node finds beside the bundle. */
const requireOf = (modules, otherwise) => (name) => (name.startsWith(ofProgram) ? modules[name.slice(ofProgram.length)]() : otherwise(name));

module.exports = { bundle, requireOf };
