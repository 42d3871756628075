import { Fingerprints } from "../../engine/memory/fingerprint";
import { recipe, recipeOf } from "../../engine/model/recipe";
import { labs } from "../labs";
import { programNames } from "./names";

let names: ReadonlyMap<unknown, string>;
beforeAll(async () => {
  names = await programNames();
});

const withCode = (lab: string, more: Iterable<readonly [unknown, string]> = [], program = "this"): Fingerprints => new Fingerprints({ names: new Map([...names, ...more]), lab, engine: "this", program });

test.each(["lab", "examples/single-cluster", "examples/hybrid"])("everything in %s is known by what it is, and nothing only by the lab's code", (folder) => {
  expect(withCode("before").of(labs[folder])).toBe(withCode("after").of(labs[folder]));
});

const scaled = recipe((factor: number) => ({ factor, of: (value: number) => value * factor }));
const known = [[scaled, "scaled"]] as const;

test("what a recipe made is known by what it was made from", () => {
  expect(withCode("before", known).of(scaled(2))).toBe(withCode("after", known).of(scaled(2)));
  expect(withCode("before", known).of(scaled(2))).not.toBe(withCode("before", known).of(scaled(3)));
});

test("a recipe of the lab's own, and a changed copy, are known by the lab's code", () => {
  expect(withCode("before").of(scaled(2))).not.toBe(withCode("after").of(scaled(2)));
  expect(recipeOf({ ...scaled(2) })).toBeUndefined();
  expect(withCode("before", known).of({ ...scaled(2), factor: 5 })).not.toBe(withCode("after", known).of({ ...scaled(2), factor: 5 }));
});

test("what a recipe made cannot be changed, and what one made of another's result is its own", () => {
  expect(() => Object.assign(scaled(2), { factor: 5 })).toThrow(TypeError);
  const named = recipe((name: string) => Object.assign({ ...scaled(2) }, { name }));
  const same = recipe(() => scaled(2));
  expect(recipeOf(named("twice"))).toEqual({ by: named, from: ["twice"] });
  expect(recipeOf(same())).toEqual({ by: same, from: [] });
  expect(same().of(3)).toBe(6);
});

test("what the program exports is known by its name, and what it makes without telling from what by all of its code", () => {
  expect(withCode("before", [[scaled, "scaled v1"]]).of(scaled(2))).not.toBe(withCode("before", [[scaled, "scaled v2"]]).of(scaled(2)));
  const untold = { of: () => 1 };
  expect(withCode("before", [], "one").of(untold)).not.toBe(withCode("before", [], "another").of(untold));
  expect(withCode("before", known, "one").of(scaled(2))).toBe(withCode("before", known, "another").of(scaled(2)));
});

test("plain data is known by what it is, in the order in which it is given", () => {
  const of = (value: unknown) => withCode("before").of(value);
  expect(of({ a: [1, "1", true, null], b: undefined })).toBe(of({ a: [1, "1", true, null], b: undefined }));
  const others = [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: "1", b: 2 }, { a: [1, 2] }, { a: 1 }, { a: 1, b: undefined }, [1, 2], "12", 12, null, undefined, true, "\ufffd", "\ud800", "\udc00"];
  expect(new Set(others.map(of)).size).toBe(others.length);
});
