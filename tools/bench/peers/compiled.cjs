"use strict";
/** `node compiled.cjs <bundle.cjs> <output>`: runs a bundle as hearth's launcher does, from what V8 compiled of it in an earlier run. */
const { compiled } = require("../../../engine/cli/compiled.cjs");
const { setV8Flags } = require("../../../engine/cli/v8-flags.cjs");

setV8Flags();
const code = compiled();
code.run(process.argv[2]);
code.keep();
