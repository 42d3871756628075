"use strict";
/** `node compiled.cjs <bundle.cjs> <output>`: runs a bundle as hearth's launcher does, from what V8 compiled of it in an earlier run. */
const { setFlagsFromString } = require("node:v8");
const { compiled } = require("../../../engine/cli/compiled.cjs");
const { v8Flags } = require("../../../engine/cli/v8-flags.cjs");

v8Flags.forEach(setFlagsFromString);
const code = compiled();
code.run(process.argv[2]);
code.keep();
