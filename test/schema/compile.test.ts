import type { JsonSchema } from "../../engine/schema/json-schema";
import { lines, problems } from "./fixtures";

interface Rule {
  readonly rule: string;
  readonly schema: JsonSchema;
  readonly quiet: unknown;
  readonly firing: unknown;
  readonly says: string;
}

const pair: JsonSchema = { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } };

const rules: readonly Rule[] = [
  { rule: "an object is not a list", schema: { type: "object" }, quiet: {}, firing: [], says: ": an empty list, expected an object" },
  { rule: "a list is not an object", schema: { type: "array" }, quiet: [], firing: { a: 1 }, says: ": an object with a, expected a list" },
  { rule: "a number is not a string", schema: { type: "string" }, quiet: "1", firing: 1, says: ": 1, expected a string" },
  { rule: "a string is not a boolean", schema: { type: "boolean" }, quiet: false, firing: "no", says: ': "no", expected true or false' },
  { rule: "an integer is whole", schema: { type: "integer" }, quiet: 2, firing: 2.5, says: ": 2.5, expected a whole number" },
  { rule: "a number may be fractional", schema: { type: "number" }, quiet: 2.5, firing: "2.5", says: ': "2.5", expected a number' },
  { rule: "null is nothing unless a field is nullable", schema: pair, quiet: { a: undefined }, firing: { a: null }, says: "a: null, expected a string" },
  { rule: "an unknown field is named, with what was meant", schema: pair, quiet: { a: "" }, firing: { A: "" }, says: 'A: an unknown field, expected a field that the schema has: did you mean "a"?' },
  { rule: "an unknown field like no other shows what there is", schema: pair, quiet: { b: "" }, firing: { colour: "" }, says: "colour: an unknown field, expected one of its fields: a, b" },
  { rule: "an object without fields takes none", schema: { type: "object" }, quiet: {}, firing: { a: 1 }, says: "a: an unknown field, expected no field at all" },
  { rule: "a required field", schema: { ...pair, required: ["b"] }, quiet: { b: "" }, firing: { b: undefined }, says: "b: nothing, expected a value: the field is required" },
  { rule: "an enum", schema: { type: "string", enum: ["TCP", "UDP"] }, quiet: "UDP", firing: "tcp", says: ': "tcp", expected one of "TCP", "UDP"' },
  { rule: "a pattern", schema: { type: "string", pattern: "^[a-z]+$" }, quiet: "abc", firing: "Abc", says: ': "Abc", expected text like ^[a-z]+$' },
  { rule: "a pattern with RE2's inline flag", schema: { type: "string", pattern: "^(?i)(abort|warn)?$" }, quiet: "Abort", firing: "stop", says: ': "stop", expected text like ^(?i)(abort|warn)?$' },
  { rule: "a least length", schema: { type: "string", minLength: 1 }, quiet: "a", firing: "", says: ': "", expected at least 1 characters' },
  { rule: "a most length, in characters", schema: { type: "string", maxLength: 2 }, quiet: "🦙🦙", firing: "abc", says: ': "abc", expected at most 2 characters' },
  { rule: "a minimum", schema: { type: "integer", minimum: 1 }, quiet: 1, firing: 0, says: ": 0, expected at least 1" },
  { rule: "an exclusive minimum", schema: { type: "integer", minimum: 1, exclusiveMinimum: true }, quiet: 2, firing: 1, says: ": 1, expected more than 1" },
  { rule: "a maximum", schema: { type: "integer", maximum: 9 }, quiet: 9, firing: 10, says: ": 10, expected at most 9" },
  { rule: "an exclusive maximum", schema: { type: "integer", maximum: 9, exclusiveMaximum: true }, quiet: 8, firing: 9, says: ": 9, expected less than 9" },
  { rule: "a multiple", schema: { type: "integer", multipleOf: 4 }, quiet: 8, firing: 6, says: ": 6, expected a multiple of 4" },
  { rule: "an int32", schema: { type: "integer", format: "int32" }, quiet: 2147483647, firing: 2147483648, says: ": 2147483648, expected at most 2147483647" },
  { rule: "base64", schema: { type: "string", format: "byte" }, quiet: "aGVhcnRo", firing: "hearth!", says: ': "hearth!", expected base64' },
  { rule: "a time", schema: { type: "string", format: "date-time" }, quiet: "2026-01-31T12:00:00Z", firing: "2026-01-31", says: ': "2026-01-31", expected a time such as "2026-01-31T12:00:00Z"' },
  { rule: "an IPv4 address", schema: { type: "string", format: "ipv4" }, quiet: "10.0.0.255", firing: "10.0.0.256", says: ': "10.0.0.256", expected an IPv4 address' },
  { rule: "a quantity as text", schema: { format: "quantity" }, quiet: "1.5Gi", firing: "4GB", says: ': "4GB", expected a quantity such as "500m" or "1Gi"' },
  { rule: "a quantity as a number", schema: { format: "quantity" }, quiet: 0.5, firing: true, says: ': true, expected a quantity such as "500m" or "1Gi"' },
  { rule: "a number or a string", schema: { "x-kubernetes-int-or-string": true }, quiet: 80, firing: 0.5, says: ": 0.5, expected a whole number or a string" },
  { rule: "a pattern of a number or a string", schema: { "x-kubernetes-int-or-string": true, pattern: "^\\d+%$" }, quiet: "25%", firing: "25", says: ': "25", expected text like ^\\d+%$' },
  { rule: "items", schema: { type: "array", items: { type: "string" } }, quiet: ["a"], firing: ["a", 1], says: "[1]: 1, expected a string" },
  { rule: "a least number of items", schema: { type: "array", minItems: 1 }, quiet: [1], firing: [], says: ": 0 items, expected at least 1" },
  { rule: "a most number of items", schema: { type: "array", maxItems: 1 }, quiet: [1], firing: [1, 2], says: ": 2 items, expected at most 1" },
  { rule: "a set", schema: { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set" }, quiet: ["a", "b"], firing: ["a", "a"], says: '[1]: "a" a second time, expected no two items alike' },
  {
    rule: "a list keyed by a field, whose default counts",
    schema: {
      type: "array",
      "x-kubernetes-list-map-keys": ["port", "protocol"],
      items: { type: "object", properties: { port: { type: "integer" }, protocol: { type: "string", default: "TCP" } } },
    },
    quiet: [{ port: 53 }, { port: 53, protocol: "UDP" }],
    firing: [{ port: 53 }, { port: 53, protocol: "TCP" }],
    says: '[1]: port 53, protocol "TCP" a second time, expected no two items alike',
  },
  { rule: "values of a map", schema: { type: "object", additionalProperties: { type: "string" } }, quiet: { "a/b": "c" }, firing: { "a/b": 1 }, says: '["a/b"]: 1, expected a string' },
  { rule: "a least number of fields", schema: { ...pair, minProperties: 1 }, quiet: { a: "" }, firing: {}, says: ": 0 fields, expected at least 1" },
  { rule: "a most number of fields", schema: { ...pair, maxProperties: 1 }, quiet: { a: "" }, firing: { a: "", b: "" }, says: ": 2 fields, expected at most 1" },
  { rule: "known fields among preserved ones", schema: { ...pair, "x-kubernetes-preserve-unknown-fields": true }, quiet: { c: 1 }, firing: { a: 1 }, says: "a: 1, expected a string" },
  { rule: "an embedded resource says what it is", schema: { type: "object", "x-kubernetes-embedded-resource": true }, quiet: { apiVersion: "v1", kind: "Pod", spec: {} }, firing: { apiVersion: "v1" }, says: "kind: nothing, expected a value: the field is required" },
  { rule: "all of", schema: { ...pair, allOf: [{ required: ["a"] }] }, quiet: { a: "" }, firing: {}, says: "a: nothing, expected a value: the field is required" },
  { rule: "any of", schema: { ...pair, anyOf: [{ required: ["a"] }, { required: ["b"] }] }, quiet: { a: "", b: "" }, firing: {}, says: ": an empty object, expected at least one of: a: a value: the field is required; b: a value: the field is required" },
  { rule: "one of", schema: { ...pair, oneOf: [{ required: ["a"] }, { required: ["b"] }] }, quiet: { a: "" }, firing: { a: "", b: "" }, says: ": an object with a, b, expected exactly one of the alternatives" },
  { rule: "not", schema: { ...pair, not: { required: ["a", "b"] } }, quiet: { a: "" }, firing: { a: "", b: "" }, says: ": an object with a, b, expected anything but that" },
  { rule: "a named schema that names itself", schema: { $ref: "named" }, quiet: { inner: { inner: { size: 1 } } }, firing: { inner: { inner: { size: "1" } } }, says: 'inner.inner.size: "1", expected a whole number' },
];

test.each(rules)("$rule", ({ schema, quiet, firing, says }) => {
  expect(problems(schema, quiet)).toEqual([]);
  expect(lines(problems(schema, firing))).toEqual([says]);
});

test("a nullable field takes null", () => {
  expect(problems({ ...pair, nullable: true }, null)).toEqual([]);
});

test("a required field with a default may be left out, since the API server fills it in first", () => {
  const schema: JsonSchema = { type: "object", properties: { length: { type: "integer", default: 24 } }, required: ["length"] };
  expect(problems(schema, {})).toEqual([]);
});

test("everything wrong is found at once, each where it is", () => {
  const schema: JsonSchema = { type: "object", properties: { list: { type: "array", items: pair }, n: { type: "integer" } } };
  expect(problems(schema, { list: [{ a: 1 }, { b: 2 }], n: "x" }).map(({ path }) => path)).toEqual(["list[0].a", "list[1].b", "n"]);
});

test("a name that no definition has is our mistake, so it throws", () => {
  expect(() => problems({ $ref: "missing" }, {})).toThrow("no schema named missing");
});
