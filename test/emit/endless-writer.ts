// A program to be killed: writes one of two trees over the other, for ever.
import { writeSync } from "node:fs";
import { writeTree } from "../../engine/emit/disk";
import { generated } from "./scratch";

const COUNT = 120;
const numbered = (tree: string, text: string): readonly (readonly [string, string])[] =>
  Array.from({ length: COUNT }, (_, index) => [`dist/${tree}/${index % 10}/${index}.yaml`, `${text}: ${"x".repeat(index * 20)}`]);

/** Two trees with much to change, to add and to prune between them. */
export const TREES = ["even", "odd"].map((name) => generated(Object.fromEntries([...numbered("both", name), ...numbered(name, name)])));

const root = process.argv[2];
if (require.main === module && root !== undefined) {
  for (let turn = 0; ; turn++) {
    writeTree(root, TREES[turn % 2]!, { ownedDirs: ["dist"] });
    if (turn === 0) writeSync(process.stdout.fd, "writing\n");
  }
}
