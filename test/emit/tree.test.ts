import { mergeTrees, withPart } from "../../engine/emit/tree";
import { refusalOf } from "./refusal-of";

const part = (from: string, ...paths: readonly string[]) => ({ from, tree: new Map(paths.map((path) => [path, `by ${from}`])) });

test("trees merge into one, sorted by path", () => {
  const merged = mergeTrees([part("one", "b/y", "a/z"), part("two", "b/x")]);
  expect([...merged.tree]).toEqual([["a/z", "by one"], ["b/x", "by two"], ["b/y", "by one"]]);
});

test.each<[string, string, string]>([
  ["the same path", "a/x.yaml", "a/x.yaml"],
  ["the same path on a Mac", "a/X.yaml", "a/x.yaml"],
  ["a file where the other has a directory", "a/x.yaml/y", "a/x.yaml"],
])("%s, claimed twice, is refused with both claimants", (_, first, second) => {
  const { findings } = refusalOf(() => mergeTrees([part("forge/ollama", first), part("pi/prometheus", second)]));
  expect(findings).toHaveLength(1);
  expect(findings[0]?.found).toMatch(/forge\/ollama/);
  expect(findings[0]?.found).toMatch(/pi\/prometheus/);
});

test.each<[string, string]>([
  ["the same path", "a/b/x.yaml"],
  ["the same path on a Mac", "A/b/X.yaml"],
  ["a file where a directory stands", "a/b"],
  ["a directory where a file stands", "a/b/x.yaml/y"],
])("%s as what stands already is refused", (_, path) => {
  const standing = { from: "pi", tree: new Map(), standing: new Map([["a/b", ["w.yaml", "x.yaml"]], ["a/b/c/d", ["z.yaml"]]]) };
  const { findings } = refusalOf(() => mergeTrees([standing, part("forge/ollama", path)]));
  expect(findings).toHaveLength(1);
  expect(findings[0]?.found).toMatch(/forge\/ollama/);
  expect(findings[0]?.found).toMatch(/\bpi\b/);
});

test("what stands is one, and what is beside it is fine", () => {
  const standing = (directory: string, ...names: readonly string[]) => ({ from: "pi", tree: new Map(), standing: new Map([[directory, names]]) });
  const { tree, standing: all } = mergeTrees([standing("a/b", "x.yaml"), part("one", "a/b/w.yaml", "a/y.yaml"), standing("a/b", "z.yaml"), standing("a/c", "x.yaml")]);
  expect([...tree.keys()]).toEqual(["a/b/w.yaml", "a/y.yaml"]);
  expect([...all]).toEqual([["a/b", ["x.yaml", "z.yaml"]], ["a/c", ["x.yaml"]]]);
});

test("a part that comes later is held against what is there, and against what stands", () => {
  const merged = mergeTrees([{ ...part("one", "a/x"), standing: new Map([["b", ["y"]]]) }]);
  expect(refusalOf(() => withPart(merged, part("infra", "a/x", "b/y", "b/z"))).findings.map((it) => it.address)).toEqual(["a/x", "b/y"]);
  const all = withPart(merged, { ...part("infra", "b/z"), standing: new Map([["c", ["y"]]]) });
  expect([...all.tree.keys()]).toEqual(["a/x", "b/z"]);
  expect([...all.standing]).toEqual([["b", ["y"]], ["c", ["y"]]]);
});

test("every path claimed twice is told at once", () => {
  expect(refusalOf(() => mergeTrees([part("one", "a", "b"), part("two", "a", "b")])).findings.map((it) => it.address)).toEqual(["a", "b"]);
});

test.each(["/etc/passwd", "../x", "a/../../x", "a//b", "", "a\\b", "a:b", "./a", "a/"])("the path %j is refused", (path) => {
  expect(() => mergeTrees([part("one", path)])).toThrow(/no relative path/);
});
