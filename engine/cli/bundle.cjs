"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");
const { esbuildOf } = require("./esbuild.cjs");

/** The engine's package, by which a repository of its own imports it. */
const packageName = "hearth";

/**
 * One file out of a folder's code, read against the program: whatever that holds is asked for, never held twice. It exports a
 * function that takes the `require` of {@link requireOf}. TypeScript's types are checked by `npm run typecheck`; here they are
 * only removed. Returns the sources that went into it. Throws what esbuild found.
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
    external: [...program.rooms.map((room) => path.join(room, "*")), packageName, `${packageName}/*`],
    banner: { js: "module.exports = (require) => { const module = { exports: {} };" },
    footer: { js: "return module.exports; };" },
  });
  const sources = Object.keys(metafile.inputs).filter((it) => !it.includes("node_modules/"));
  return sources.map((it) => path.resolve(projectRoot, it));
}

/**
 * What else decided which files these are: what stands beside each, and the configuration of the folders above it. A file that comes
 * can be found sooner than one that was there.
 */
function resolvedBy(sources) {
  const folders = new Set(sources.map((it) => path.dirname(it)));
  const above = new Set(folders);
  for (const it of above) above.add(path.dirname(it));
  return [...folders, ...[...above].flatMap((it) => ["tsconfig.json", "package.json"].map((name) => path.join(it, name)))];
}

/**
 * The `require` of a bundle: a module of the program, by its path or by the package's name, else whatever Node finds.
 * @param file the bundle's own
 * @param modules what the program exports
 * @param told is called with the name and the exports of each module of the program that is asked for
 */
function requireOf(file, program, modules, told = () => undefined) {
  const fromFile = createRequire(file);
  return (name) => {
    const isOurPackage = name === packageName || name.startsWith(`${packageName}/`);
    const ours = program.nameOf(isOurPackage ? fromFile.resolve(name) : path.resolve(path.dirname(file), name));
    const module = modules[ours];
    if (!module) return fromFile(name);
    const exported = module();
    told(ours, exported);
    return exported;
  };
}

module.exports = { bundle, requireOf, resolvedBy };
