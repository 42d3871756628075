import { tokensOf, type Token } from "./tokens";

/** A PromQL expression, as far as labels depend on it: ranges, offsets and steps are left out. */
export type Expression = Scalar | Selector | Call | Aggregation | Operation;

export interface Scalar {
  readonly is: "scalar";
  /** Of a string, what is in it. */
  readonly text?: string;
}
export interface Selector {
  readonly is: "selector";
  /** Undefined where a matcher or a variable names it. */
  readonly metric?: string;
  readonly matchers: readonly Matcher[];
}
export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}
export interface Call {
  readonly is: "call";
  readonly function: string;
  readonly of: readonly Expression[];
}
export interface Aggregation {
  readonly is: "aggregation";
  readonly function: string;
  readonly grouping: Grouping | undefined;
  readonly of: readonly Expression[];
}
export interface Grouping {
  readonly word: "by" | "without" | "on" | "ignoring";
  readonly labels: readonly string[];
}
export interface Operation {
  readonly is: "operation";
  readonly operator: string;
  readonly sides: readonly [Expression, Expression];
  readonly matching: Grouping | undefined;
  /** `group_left` or `group_right`, with the labels that the one side gives to the many. */
  readonly group: { readonly many: "left" | "right"; readonly labels: readonly string[] } | undefined;
}

/** What cannot be read, and where. */
export class Unreadable extends Error {}

/** Reads each expression once: clusters ask the same of theirs. */
export function readingOnce(): (text: string) => Expression {
  const known = new Map<string, Expression>();
  return (text) => {
    const expression = known.get(text) ?? expressionOf(text);
    known.set(text, expression);
    return expression;
  };
}

/** Binding strength of operators: promql/parser/generated_parser.y in Prometheus 3. */
const strengths: Readonly<Record<string, number>> = { or: 1, and: 2, unless: 2, "==": 3, "!=": 3, "<": 3, ">": 3, "<=": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "/": 5, "%": 5, atan2: 5, "^": 6 };
const aggregations: ReadonlySet<string> = new Set(["sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk", "count_values", "quantile", "limitk", "limit_ratio"]);
const unquoted = (text: string): string => text.slice(1, -1);

/** Reads an expression. Throws `Unreadable` where it is none. */
export function expressionOf(text: string): Expression {
  const reader = new Reader(tokensOf(text));
  const expression = reader.operation(1);
  reader.expectEnd();
  return expression;
}

class Reader {
  private next = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  operation(strength: number): Expression {
    let left = this.operand();
    for (;;) {
      const operator = this.peek.text.toLowerCase();
      const own = this.peek.is === "sign" || this.peek.is === "name" ? strengths[operator] : undefined;
      if (own === undefined || own < strength) return left;
      this.next++;
      this.skip("bool");
      const matching = this.grouping("on", "ignoring");
      const group = this.group();
      // `^` alone binds to the right.
      left = { is: "operation", operator, sides: [left, this.operation(operator === "^" ? own : own + 1)], matching, group };
    }
  }

  expectEnd(): void {
    if (this.peek.is !== "end") throw this.refusal("the end");
  }

  private operand(): Expression {
    while (this.skip("-") || this.skip("+"));
    const expression = this.bare();
    for (;;) {
      if (this.peek.is === "range") this.next++;
      else if (this.skip("offset")) {
        this.skip("-");
        this.next++;
      } else if (this.skip("@")) this.bare();
      else return expression;
    }
  }

  private bare(): Expression {
    const token = this.peek;
    this.next++;
    if (token.is === "number") return { is: "scalar" };
    if (token.is === "string") return { is: "scalar", text: unquoted(token.text) };
    if (token.is === "variable") return { is: "selector", matchers: this.peek.text === "{" ? this.matchers() : [] };
    if (token.text === "(") return this.closed(() => this.operation(1));
    if (token.text === "{") {
      this.next--;
      return { is: "selector", matchers: this.matchers() };
    }
    if (token.is !== "name") {
      this.next--;
      throw this.refusal("a metric, a number or an opening parenthesis");
    }
    return this.named(token.text);
  }

  private named(name: string): Expression {
    const word = name.toLowerCase();
    if (aggregations.has(word) && ["(", "by", "without"].includes(this.peek.text.toLowerCase())) {
      const before = this.grouping("by", "without");
      this.expect("(");
      const of = this.list(() => this.operation(1));
      return { is: "aggregation", function: word, of, grouping: before ?? this.grouping("by", "without") };
    }
    if (this.skip("(")) return { is: "call", function: name, of: this.list(() => this.operation(1)) };
    if (word === "inf" || word === "nan") return { is: "scalar" };
    return { is: "selector", metric: name, matchers: this.peek.text === "{" ? this.matchers() : [] };
  }

  private matchers(): readonly Matcher[] {
    this.expect("{");
    return this.list((): readonly Matcher[] => {
      const { is, text } = this.take();
      // `{"up"}` names the metric.
      if (is === "string" && !["=", "!=", "=~", "!~"].includes(this.peek.text)) return [];
      const operator = this.take().text;
      return [{ label: is === "string" ? unquoted(text) : text, operator, value: unquoted(this.take().text) }];
    }, "}").flat();
  }

  private grouping(...words: readonly Grouping["word"][]): Grouping | undefined {
    const word = words.find((it) => this.skip(it));
    if (word === undefined) return undefined;
    this.expect("(");
    return { word, labels: this.list(() => this.label()) };
  }

  private group(): Operation["group"] {
    const many = (["left", "right"] as const).find((side) => this.skip(`group_${side}`));
    return many && { many, labels: this.skip("(") ? this.list(() => this.label()) : [] };
  }

  private label(): string {
    const { is, text } = this.take();
    return is === "string" ? unquoted(text) : text;
  }

  /** What stands until the parenthesis closes, between commas; its opening one is read already. */
  private list<T>(item: () => T, closing = ")"): readonly T[] {
    const items: T[] = [];
    while (!this.skip(closing)) {
      items.push(item());
      if (this.peek.text !== closing && !this.skip(",")) throw this.refusal(`${closing} or a comma`);
    }
    return items;
  }

  private closed<T>(item: () => T): T {
    const it = item();
    this.expect(")");
    return it;
  }

  private get peek(): Token {
    return this.tokens[Math.min(this.next, this.tokens.length - 1)] ?? { is: "end", text: "its end", at: 0 };
  }

  private take(): Token {
    const token = this.peek;
    if (token.is === "end") throw this.refusal("more");
    this.next++;
    return token;
  }

  private skip(text: string): boolean {
    const { is } = this.peek;
    const there = (is === "sign" || is === "name") && this.peek.text.toLowerCase() === text;
    if (there) this.next++;
    return there;
  }

  private expect(text: string): void {
    if (!this.skip(text)) throw this.refusal(text);
  }

  private refusal(expected: string): Unreadable {
    return new Unreadable(`${this.peek.text} at ${this.peek.at + 1}, where ${expected} was expected`);
  }
}
