import { mergeTrees } from "../../engine/emit/tree";
import { refusalOf } from "./refusal-of";

const part = (from: string, ...paths: readonly string[]) => ({ from, tree: new Map(paths.map((path) => [path, `by ${from}`])) });

test("trees merge into one, sorted by path", () => {
  const merged = mergeTrees([part("one", "b/y", "a/z"), part("two", "b/x")]);
  expect([...merged]).toEqual([["a/z", "by one"], ["b/x", "by two"], ["b/y", "by one"]]);
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

test("every path claimed twice is told at once", () => {
  expect(refusalOf(() => mergeTrees([part("one", "a", "b"), part("two", "a", "b")])).findings.map((it) => it.address)).toEqual(["a", "b"]);
});

test.each(["/etc/passwd", "../x", "a/../../x", "a//b", "", "a\\b", "a:b", "./a", "a/"])("the path %j is refused", (path) => {
  expect(() => mergeTrees([part("one", path)])).toThrow(/no relative path/);
});
