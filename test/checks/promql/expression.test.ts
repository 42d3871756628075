import { expressionOf, Unreadable } from "../../../engine/checks/promql/expression";

const selector = (metric: string) => ({ is: "selector", metric, matchers: [] });

test("operators bind as strongly as Prometheus has them, and to the left", () => {
  expect(expressionOf("a or b and c == d - e - f * g ^ h ^ i")).toMatchObject({
    operator: "or",
    sides: [selector("a"), { operator: "and", sides: [selector("b"), { operator: "==", sides: [selector("c"), { operator: "-", sides: [{ operator: "-" }, { operator: "*", sides: [selector("f"), { operator: "^", sides: [selector("g"), { operator: "^" }] }] }] }] }] }],
  });
});

test("a grouping stands before or after what is added up", () => {
  const grouping = { word: "by", labels: ["x", "y"] };
  expect(expressionOf("sum by (x, y) (a)")).toMatchObject({ is: "aggregation", function: "sum", grouping });
  expect(expressionOf("sum(a) by (x, y)")).toMatchObject({ is: "aggregation", function: "sum", grouping });
});

test("ranges, offsets, steps and Grafana's variables stand in nobody's way", () => {
  expect(expressionOf('rate(a{x=~"$y"}[$__rate_interval]) offset 5m')).toMatchObject({ is: "call", function: "rate", of: [{ metric: "a", matchers: [{ label: "x", operator: "=~", value: "$y" }] }] });
  expect(expressionOf("max_over_time(a[1h:1m] @ end())")).toMatchObject({ is: "call", of: [selector("a")] });
  expect(expressionOf("-a * on (x) group_left (y) b")).toMatchObject({ operator: "*", matching: { word: "on", labels: ["x"] }, group: { many: "left", labels: ["y"] } });
});

test.each([
  ["sum(rate(up[5m])", "its end at 17, where ) or a comma was expected"],
  ["a b", "b at 3, where the end was expected"],
  ["a + )", ") at 5, where a metric, a number or an opening parenthesis was expected"],
  ["a ; b", "; at 3, where the end was expected"],
])("%s is refused, with the place", (text, problem) => {
  expect(() => expressionOf(text)).toThrow(new Unreadable(problem));
});
