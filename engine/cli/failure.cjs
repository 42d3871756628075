"use strict";
const path = require("node:path");

/** Whoever looks for a mistake of hearth's own wants to see where. */
const wantsStack = () => Boolean(process.env.HEARTH_TRACE);

/**
 * The lab's own code threw while it was read: says what and where, in the lab's own lines.
 * @param traced reads the lab once more, so that the same failure tells the line it came from
 */
async function labThrew(failure, { projectRoot, traced }) {
  process.exitCode = 1;
  if (wantsStack()) process.stderr.write(`${failure?.stack ?? failure}\n`);
  process.setSourceMapsEnabled(true);
  let at = "the lab";
  try {
    await traced();
  } catch (again) {
    const frame = /\(?([^\s()]+\.[cm]?ts):(\d+):(\d+)\)?/.exec(String(again?.stack));
    if (frame) at = `${path.relative(projectRoot, frame[1])}:${frame[2]}:${frame[3]}`;
  }
  process.stderr.write(`${at}: ${failure?.message ?? failure}\nThe lab could not be read; nothing was written. npm run typecheck finds most such mistakes.\n`);
}

/** Something that is nobody's finding: a value that its type forbids, a disk that is full, or a mistake of hearth's own. */
function stoppedUnexpectedly(failure) {
  process.exitCode = 1;
  process.stderr.write(
    wantsStack()
      ? `${failure?.stack ?? failure}\n`
      : `hearth stopped: ${failure?.message ?? failure}\nnpm run typecheck tells whether the lab holds a value that its type forbids. If it does not, this is a mistake of hearth's: HEARTH_TRACE=1 shows where.\n`,
  );
}

module.exports = { labThrew, stoppedUnexpectedly };
