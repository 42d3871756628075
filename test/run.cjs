"use strict";
/** `npm test`: installs what is missing, runs jest, and closes with `N passed, N failed`, which any CI can read. */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { install } = require("../engine/cli/install.cjs");

const root = path.resolve(__dirname, "..");
install(root);
const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "hearth-test-")), "report.json");
const jest = path.join(root, "node_modules/jest/bin/jest.js");
const run = spawnSync(process.execPath, [jest, "--json", `--outputFile=${report}`, ...process.argv.slice(2)], { cwd: root, stdio: ["inherit", "ignore", "inherit"] });
if (!fs.existsSync(report)) {
  process.stderr.write("jest ended without a report; expected one test run to finish. See what it printed above.\n");
  process.exit(run.status || 1);
}
const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(report, "utf8"));
fs.rmSync(path.dirname(report), { recursive: true });
// A suite that cannot even start has no failed test of its own and is a failure all the same.
const failed = numFailedTests + numRuntimeErrorTestSuites;
process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
process.exit(failed > 0 || numFailedTestSuites > 0 || numPassedTests === 0 ? 1 : 0);
