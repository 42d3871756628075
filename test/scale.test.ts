import { resolve } from "node:path";
import { synthesize } from "../engine/synth";
import { largeLab } from "../tools/bench/scale/large-lab";

const filesOf = (clusters: number): ReadonlyMap<string, string> => {
  const { tree, findings } = synthesize(largeLab(clusters, 10), resolve(__dirname, "../imports"));
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  return tree;
};

test("what a cluster comes to does not depend on how many stand beside it", () => {
  const own = (tree: ReadonlyMap<string, string>) => [...tree].filter(([path]) => path.startsWith("dist/c0001/"));
  const few = own(filesOf(2));
  expect(few.length).toBeGreaterThan(100);
  expect(own(filesOf(5))).toEqual(few);
});
