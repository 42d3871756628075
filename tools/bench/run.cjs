"use strict";
/** `npm run bench` compares with the stock way; `-- --scale` measures large generated labs, `-- --peers` other tools. Exits with 1 where a limit does not hold. */
const path = require("node:path");
const { install } = require("../../engine/cli/install.cjs");

const benches = {
  "--scale": () => require("./scale.cjs").scale(),
  "--peers": () => require("./peers.cjs").peers(),
};

async function main() {
  install(path.resolve(__dirname, "../.."));
  const chosen = process.argv.find((arg) => arg in benches);
  const holds = await (chosen ? benches[chosen]() : require("./stock.cjs").againstStock());
  process.exitCode = holds ? 0 : 1;
}

main();
