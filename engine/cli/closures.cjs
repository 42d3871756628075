"use strict";
const { createHash } = require("node:crypto");

/**
 * For each of some modules, one digest of itself and of all that it imports of them, however far: whatever it exports is the same as
 * long as this is.
 * @param modules paths, with the digest of what is in each
 * @param importsOf the paths that a module imports
 */
function closuresOf(modules, importsOf) {
  return new Map(
    [...modules.keys()].map((module) => {
      const reached = new Set([module]);
      for (const it of reached) for (const imported of importsOf(it)) if (modules.has(imported)) reached.add(imported);
      const hash = createHash("sha1");
      for (const it of [...reached].sort()) hash.update(`${it}\0${modules.get(it)}\0`);
      return [module, hash.digest("hex")];
    }),
  );
}

module.exports = { closuresOf };
