import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { recover, writeTree } from "../../engine/emit/disk";
import type { Tree } from "../../engine/emit/tree";
import { TREES } from "./endless-writer";
import { program } from "./programs";
import { scratch, standing } from "./scratch";

const directory = scratch();
const KILLS = 50;
/** About two writes long: every part of a write is met. */
const LONGEST_LIFE_MS = 40;

test(`a writer killed with SIGKILL ${KILLS} times leaves the old or the new once recovered`, async () => {
  const [root, writer] = [directory(), program("endless-writer", directory())];
  const whole = TREES.map(outputOf);
  const recoveries: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const life = Math.random() * LONGEST_LIFE_MS;
    await writeAndKill(writer, root, life);
    recoveries.push(recover(root));
    expect({ kill, life, isWhole: whole.includes(JSON.stringify(standing(root))) }).toEqual({ kill, life, isWhole: true });
  }
  // The test would prove nothing if every kill had fallen between two writes.
  expect(recoveries.filter((recovery) => recovery !== "nothing").length).toBeGreaterThan(0);
}, 60_000);

function outputOf(tree: Tree): string {
  const root = directory();
  writeTree(root, tree, { ownedDirs: ["dist"] });
  return JSON.stringify(standing(root));
}

async function writeAndKill(writer: string, root: string, lifeMs: number): Promise<void> {
  const child = spawn(process.execPath, [writer, root], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  await once(child.stdout, "data");
  await setTimeout(lifeMs);
  child.kill("SIGKILL");
  expect((await exit)[1]).toBe("SIGKILL");
}
