const { closuresOf } = jest.requireActual<{ closuresOf: (modules: ReadonlyMap<string, string>, importsOf: (module: string) => readonly string[]) => ReadonlyMap<string, string> }>("../../engine/cli/closures.cjs");

const modules = new Map([["app", "1"], ["part", "1"], ["leaf", "1"], ["other", "1"]]);
const imports: Readonly<Record<string, readonly string[]>> = { app: ["part", "react"], part: ["leaf", "app"], leaf: [], other: ["leaf"] };

/** Modules whose closure is another once something has changed. */
function changedBy(module: string): readonly string[] {
  const of = (digests: ReadonlyMap<string, string>) => closuresOf(digests, (it) => imports[it] ?? []);
  const [before, after] = [of(modules), of(new Map([...modules, [module, "2"]]))];
  return [...modules.keys()].filter((it) => before.get(it) !== after.get(it));
}

test("a change reaches whoever imports it, however far and in circles too, and nobody else", () => {
  expect(changedBy("leaf")).toEqual(["app", "part", "leaf", "other"]);
  expect(changedBy("part")).toEqual(["app", "part"]);
  expect(changedBy("app")).toEqual(["app", "part"]);
  expect(changedBy("other")).toEqual(["other"]);
});
