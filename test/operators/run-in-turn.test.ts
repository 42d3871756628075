import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { leaveTried, runInTurn } from "../../tools/operators/run/run-in-turn";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "hearth-in-turn-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A run that comes to its end, and whose assertions fail where the code is not 0. */
const through = (file: string, cluster: string, code = 0): number => {
  leaveTried(file, [{ namespace: cluster, name: "server" }]);
  return code;
};

test("what every cluster's run tried is told together, also where assertions failed", async () => {
  const outcome = await runInTurn(["forge", "pi", "pro"], directory, async (cluster, file) => through(file, cluster, cluster === "pi" ? 1 : 0));
  expect(outcome).toEqual({ code: 1, tried: ["forge/server", "pi/server", "pro/server"] });
});

test("after a run that ends early nothing runs, and nothing is told of accounts", async () => {
  const ran: string[] = [];
  const outcome = await runInTurn(["forge", "pi", "pro"], directory, async (cluster, file) => {
    ran.push(cluster);
    return cluster === "pi" ? 137 : through(file, cluster);
  });
  expect(outcome).toEqual({ code: 137, tried: undefined });
  expect(ran).toEqual(["forge", "pi"]);
});

test("a run that ends without a word has failed, whatever its code", async () => {
  expect(await runInTurn(["forge"], directory, async () => 0)).toEqual({ code: 1, tried: undefined });
});
