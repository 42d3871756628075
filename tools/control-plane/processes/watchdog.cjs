// Ends what a run has started when the run itself is gone, however it went: even kill -9 closes its end of our pipe.
// Each line on standard input is a process group to end, or a directory to remove: "group 1234", "-group 1234", "remove /tmp/x".
"use strict";
const { rmSync } = require("node:fs");
const { createInterface } = require("node:readline");

const groups = new Set();
const directories = [];

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [word, ...rest] = line.split(" ");
    if (word === "group") groups.add(Number(rest[0]));
    else if (word === "-group") groups.delete(Number(rest[0]));
    else if (word === "remove") directories.push(rest.join(" "));
  })
  .on("close", () => {
    for (const group of groups) kill(group);
    // A process that is just dying may still write: try again rather than leave something behind.
    for (const directory of directories) rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => undefined);

function kill(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
