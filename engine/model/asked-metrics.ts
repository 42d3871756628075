/**
 * The names of the metrics that a PromQL expression asks for, sorted. It does not check the expression: it drops what holds no
 * metric (strings, comments, matchers, ranges, lists of labels) and reads the names that are left. A metric that is named inside
 * the braces, `{__name__="up"}` or `{"up"}`, is not seen. https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export function askedMetrics(expression: string): readonly string[] {
  const bare = withoutLabels.reduce((text, part) => text.replace(part, " "), expression.replace(strings, '""'));
  const names = [...bare.matchAll(name)].map(([found]) => found).filter((found) => !words.has(found.toLowerCase()));
  return [...new Set(names)].sort();
}

const strings = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g;

const withoutLabels: readonly RegExp[] = [/#.*$/gm, /\{[^}]*\}/g, /\[[^\]]*\]/g, /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/gi];

/** Neither a function's name, nor the end of a number or a duration, nor one of Grafana's variables. */
const name = /(?<![\w.:$])[a-zA-Z_:][\w:]*(?![\w:$]|\s*\()/g;

/** Operators, modifiers and numbers that are words: promql/parser/lex.go in Prometheus 3. Functions and aggregations stand before parentheses. */
const words: ReadonlySet<string> = new Set(["and", "or", "unless", "atan2", "bool", "offset", "group_left", "group_right", "inf", "nan"]);
