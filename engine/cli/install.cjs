"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

/** The lockfile that node_modules was last installed from, by its hash. */
const stamp = "node_modules/.hearth-installed";

/** Installs what the lockfile says, where node_modules is missing or was installed from another lockfile. */
function install(root) {
  const lockfile = path.join(root, "package-lock.json");
  if (!fs.existsSync(lockfile)) return;
  const text = fs.readFileSync(lockfile);
  const hash = createHash("sha256").update(text).digest("hex");
  const stampFile = path.join(root, stamp);
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, "utf8") === hash) return;
  if (!isInstalled(root, JSON.parse(text.toString("utf8")))) {
    process.stderr.write("Installing the locked dependencies (npm ci) …\n");
    // Asked for where it is needed: every command would wait for it.
    const npm = require("node:child_process").spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    if (npm.status !== 0) {
      const why = npm.error ? `npm could not be started (${npm.error.message})` : `npm ci ended with ${npm.status ?? npm.signal}`;
      process.stderr.write(`${why}; expected the dependencies of package-lock.json. Install Node.js with npm, and see that the npm registry is reachable.\n`);
      process.exit(1);
    }
  }
  fs.writeFileSync(stampFile, hash);
}

/** npm leaves its own record of what it installed; optional packages of other platforms are not in it. */
function isInstalled(root, lock) {
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!fs.existsSync(record)) return false;
  const installed = JSON.parse(fs.readFileSync(record, "utf8")).packages;
  return Object.entries(lock.packages).every(([name, it]) => name === "" || it.link || (installed[name] ? installed[name].version === it.version : it.optional === true || it.devOptional === true));
}

module.exports = { install };
