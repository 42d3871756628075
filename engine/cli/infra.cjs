"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { bundle } = require("./bundle.cjs");
const { keepNewest } = require("./compiled.cjs");
const { digestOf, touchedSince } = require("./digest.cjs");
const { readRecord, replace } = require("./record.cjs");

/** Where it may begin: the first that is there counts. */
const infraEntries = ({ engineRoot, projectRoot }) => [projectRoot, engineRoot].map((root) => path.join(root, "infra/files.ts"));

/**
 * What a repository with an `infra/` folder makes of its lab besides Kubernetes: machines, networks and the off-site store. It is
 * a bundle of its own, built anew only when its code changes: cdktf and its resources are larger than all the rest.
 * Returns undefined where there is no such folder.
 */
function infraOf({ program, engineRoot, projectRoot }) {
  const entry = infraEntries({ engineRoot, projectRoot }).find((file) => fs.existsSync(file));
  if (entry === undefined) return undefined;
  const record = path.join(program.folder, "infra.json");
  const digest = (inputs) => digestOf([...inputs, path.join(projectRoot, "package-lock.json"), path.join(__dirname, "bundle.cjs")]);
  /** What the last run bundled, where that is still what there is. */
  const current = () => {
    const last = readRecord(record);
    return last && last.entry === entry && last.digest === digest(last.inputs) && fs.existsSync(last.file) ? last : undefined;
  };
  return {
    current,
    /**
     * The bundle's file, the sources that went into it, and their digest.
     * @param isAgain whether it was made once already: by a clock that is behind the disk's, sources seem to be edited at all times
     */
    async bundled(isAgain = false) {
      const began = Date.now();
      const unnamed = path.join(program.folder, `infra-${process.pid}.cjs`);
      const inputs = await bundle({ entry, program, engineRoot, projectRoot, outfile: unnamed });
      // What was edited meanwhile may have been read before or after.
      if (!isAgain && touchedSince(inputs, began)) return this.bundled(true);
      const made = digest(inputs);
      const file = path.join(program.folder, `infra-${made.slice(0, 16)}.cjs`);
      // Written beside and renamed, because two runs may start at once.
      fs.renameSync(unnamed, file);
      const fresh = { entry, inputs, digest: made, file };
      replace(record, JSON.stringify(fresh));
      keepNewest(program.folder, /^infra-\w{16}\.cjs$/);
      return fresh;
    },
  };
}

module.exports = { infraEntries, infraOf };
