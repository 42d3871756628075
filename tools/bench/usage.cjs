"use strict";
/** Leaves what the measured process used, at its end. Children of its own are not counted. */
const fs = require("node:fs");
const file = process.env.HEARTH_USAGE;
const me = process.pid;
process.on("exit", () => {
  if (file && process.pid === me) fs.writeFileSync(file, JSON.stringify(process.resourceUsage()));
});
