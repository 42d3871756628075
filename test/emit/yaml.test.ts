import * as fc from "fast-check";
import * as jsYaml from "js-yaml";
import * as yaml from "yaml";
import { canonical } from "../../engine/emit/key-order";
import { toYaml } from "../../engine/emit/yaml";
import { hostileText, hostileValue } from "./hostile-text";
import { refusalOf } from "./refusal-of";

const PARSERS: readonly (readonly [string, (text: string) => unknown])[] = [
  ["js-yaml", (text) => jsYaml.load(text)],
  ["yaml 1.2", (text) => yaml.parse(text, { version: "1.2" })],
  ["yaml 1.1", (text) => yaml.parse(text, { version: "1.1" })],
];

/** As JSON carries it: minus zero is zero, what is undefined is gone. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(PARSERS)("%s", (_, parse) => {
  test("reads every hostile value and key back", () => {
    fc.assert(
      fc.property(fc.oneof(hostileValue.map, hostileValue.list), (value) => {
        const plain = Object(value);
        expect(parse(toYaml(plain))).toEqual(asJson(plain));
      }),
      { numRuns: 500 },
    );
  });

  test("reads every hostile text back, alone, as key, in a list and in depth", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (key, text) => {
        const value = { a: text, [key]: text, list: [text, { [key]: text, b: [[text]] }], z: 1 };
        expect(parse(toYaml(value))).toEqual(asJson(value));
      }),
      { numRuns: 1500 },
    );
  });

  test("reads a nasty key as this key and nothing else", () => {
    const value = JSON.parse('{"__proto__": {"a": 1}, "<<": {"b": 2}, "a\\nb": 3, "": 4, "? x": 5, "1": 6, "~": 7}');
    expect(Object.entries(Object(parse(toYaml(value))))).toEqual(Object.entries(value));
  });
});

test.each<[string, string]>([
  ["apps/v1", "apps/v1"],
  ["300Gi", "300Gi"],
  ["--flag=a b", "--flag=a b"],
  ["10.0.0.0/24", "10.0.0.0/24"],
  ["", '""'],
  ["no", '"no"'],
  ["0755", '"0755"'],
  ["12:30", '"12:30"'],
  ["2026-01-01", '"2026-01-01"'],
  [" padded ", '" padded "'],
  ['{"json": true}', `'{"json": true}'`],
  ["a\u2028b", '"a\\u2028b"'],
  ["rtl\u202e", '"rtl\\u202e"'],
  ["grüße", '"grüße"'],
])("%j is written as %s", (text, written) => {
  expect(toYaml({ key: text })).toBe(`key: ${written}\n`);
});

test.each<[string, string]>([
  ["one\ntwo\n", "|\n  one\n  two"],
  ["one\n\ntwo", "|-\n  one\n\n  two"],
  ["  one\ntwo\n", "|2\n    one\n  two"],
  ["one\n\n", '"one\\n\\n"'],
  ["\n", '"\\n"'],
  ["one\r\ntwo\n", '"one\\r\\ntwo\\n"'],
])("the lines of %j become %j", (text, written) => {
  expect(toYaml({ key: text })).toBe(`key: ${written}\n`);
});

test("lists and mappings nest in block style, and empty ones stay on their line", () => {
  const value = { a: { b: [{ c: 1, d: [] }, [2, [3]], {}] }, e: {} };
  expect(toYaml(value)).toBe("a:\n  b:\n    - c: 1\n      d: []\n    - - 2\n      - - 3\n    - {}\ne: {}\n");
  expect(toYaml({})).toBe("{}\n");
  expect(toYaml([])).toBe("[]\n");
});

test("a value used twice is written twice: there are no anchors", () => {
  const labels = { app: "ollama" };
  expect(toYaml({ a: labels, b: labels })).toBe("a:\n  app: ollama\nb:\n  app: ollama\n");
});

test("properties that are undefined are dropped", () => {
  expect(toYaml({ a: undefined, b: { c: undefined }, d: [{ e: undefined, f: 1 }] })).toBe("b: {}\nd:\n  - f: 1\n");
});

test("numbers are read as numbers by YAML 1.1 too", () => {
  expect(toYaml([-0, 1e21, 1e-7, 1.5e-9, 0.1, 9007199254740993])).toBe("- 0\n- 1.0e+21\n- 1.0e-7\n- 1.5e-9\n- 0.1\n- 9007199254740992\n");
});

test("a key too long to be found by its colon is written as an explicit one", () => {
  const long = "k".repeat(1100);
  expect(toYaml({ [long]: { a: 1 } })).toBe(`? "${long}"\n:\n  a: 1\n`);
});

class Instance {
  readonly a = 1;
}
const circle: Record<string, unknown> = {};
circle["self"] = circle;

test.each<[string, object, string, RegExp]>([
  ["NaN", { a: [NaN] }, "a[0]", /NaN/],
  ["infinity", { a: Infinity }, "a", /Infinity/],
  ["undefined in a list", { spec: { args: ["x", undefined] } }, "spec.args[1]", /undefined/],
  ["a hole in a list", { a: new Array(1) }, "a[0]", /undefined/],
  ["a function", { a: { "x.y/z": () => 1 } }, 'a["x.y/z"]', /function/],
  ["a bigint", { a: 1n }, "a", /bigint/],
  ["a symbol", { a: Symbol("s") }, "a", /symbol/],
  ["a Date", { a: new Date(0) }, "a", /Date/],
  ["a Map", { a: [new Map()] }, "a[0]", /Map/],
  ["an instance", { a: new Instance() }, "a", /Instance/],
  ["half a character", { a: "\ud83e" }, "a", /surrogate/],
  ["half a character in a key", { a: { "\udd99": 1 } }, "a", /surrogate/],
])("%s is refused, with its place", (_, value, address, found) => {
  const refusal = refusalOf(() => toYaml(value));
  expect(refusal.findings).toEqual([expect.objectContaining({ rule: "plain-data", address, found: expect.stringMatching(found) })]);
});

test("a value that contains itself is refused, not followed for ever", () => {
  expect(refusalOf(() => toYaml(circle)).message).toMatch(/contains itself/);
});

test("canonical order puts identity first and sorts the rest, at every depth", () => {
  const value = { spec: { zone: 1, containers: [{ image: "i", args: [], name: "n" }] }, kind: "K", metadata: { labels: {}, namespace: "s", name: "n" }, apiVersion: "v1" };
  const keys = toYaml(value, canonical).match(/\w+(?=:)/g);
  expect(keys).toEqual(["apiVersion", "kind", "metadata", "name", "namespace", "labels", "spec", "containers", "name", "args", "image", "zone"]);
});

test("canonical order does not depend on the order given", () => {
  const keys = fc.uniqueArray(fc.oneof(fc.constantFrom("kind", "name", "data", "spec"), fc.string()), { maxLength: 40 });
  fc.assert(fc.property(keys, (given) => expect(canonical(given.toReversed())).toEqual(canonical([...given]))));
});
