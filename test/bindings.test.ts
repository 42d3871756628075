import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const { leaner } = jest.requireActual<{ leaner: (text: string) => string }>("../engine/cli/bindings.cjs");
const root = join(__dirname, "..");
const files = [
  ...readdirSync(join(root, "imports")).filter((file) => file.endsWith(".ts") && file !== "operators.ts").map((file) => join("imports", file)),
  "node_modules/cdk8s-plus-30/lib/imports/k8s.js",
];

test.each(files)("every object of %s is copied once", (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const ends = text.split("Object.entries(result)").length - 1;
  expect(ends).toBeGreaterThan(0);
  const lean = leaner(text);
  expect(lean).not.toContain("Object.entries(result)");
  expect(lean.split("givenOf(result)").length - 1).toBe(ends);
});

test("what is copied once is what was copied for each field", () => {
  const end = "return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});";
  const [asWritten, asRead] = [end, leaner(end)].map((text) => new Function("result", text) as (result: unknown) => unknown);
  const result = { b: 1, gone: undefined, a: null, list: [undefined] };
  expect(Object.entries(asRead?.(result) as object)).toStrictEqual(Object.entries(asWritten?.(result) as object));
});
