/** A word of a PromQL expression. */
export interface Token {
  readonly is: "number" | "string" | "name" | "variable" | "range" | "sign" | "end";
  readonly text: string;
  /** Where it begins, counted from 0. */
  readonly at: number;
}

/**
 * In the order in which they are tried. What stands in brackets, a range or a subquery's steps, is one word; a duration is a number
 * with a unit, as `offset 5m` has it; Grafana's variables stand where it will put something else. What fits no other shape is a
 * sign, which no rule takes. https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
const shapes = {
  nothing: /\s+|#.*/,
  name: /[a-zA-Z_:][\w:]*/,
  string: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/,
  range: /\[[^\]]*\]/,
  number: /0[xX][\da-fA-F]+|(?:\d+(?:ms|[smhdwy]))+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/,
  variable: /\$\{[^}]*\}|\$\w+/,
  sign: /==|!=|<=|>=|=~|!~|[^]/,
} as const;

const word = new RegExp(Object.values(shapes).map(({ source }) => `(${source})`).join("|"), "y");
const kinds = Object.keys(shapes) as readonly (keyof typeof shapes)[];

/** Splits an expression into its words. */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  word.lastIndex = 0;
  for (let at = 0; at < expression.length; at = word.lastIndex) {
    const found = word.exec(expression);
    const index = found ? found.findIndex((text, group) => group > 0 && text !== undefined) - 1 : -1;
    const is = kinds[index];
    if (!found || is === undefined) throw new Error(`every character fits some shape, and not the one at ${at} of ${expression}`);
    if (is !== "nothing") tokens.push({ is, text: found[0], at });
  }
  return [...tokens, { is: "end", text: "its end", at: expression.length }];
}
