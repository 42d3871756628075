import type { Aggregation, Call, Expression, Operation, Selector } from "./expression";

/** The labels that series have; `open` where more may be there than is known. */
export interface Labels {
  readonly known: ReadonlySet<string>;
  readonly open: boolean;
}

/** The labels of a metric; undefined where nothing serves it. */
export type LabelsOfMetric = (metric: string) => Labels | undefined;

const none: Labels = { known: new Set(), open: false };
const anything: Labels = { known: new Set(), open: true };

export interface Read {
  /** The labels of its result. Undefined of a number. */
  readonly labels: Labels | undefined;
  /** Labels that it asks for and that are not there: `label pods of kube_pod_info`. */
  readonly missing: readonly string[];
}

/** What labels the result of an expression has, and which it asks for in vain. */
export function labelsIn(expression: Expression, labelsOf: LabelsOfMetric): Read {
  const reading = new Reading(labelsOf);
  const labels = reading.of(expression);
  return { labels, missing: [...new Set(reading.missing)] };
}

class Reading {
  readonly missing: string[] = [];
  constructor(private readonly labelsOf: LabelsOfMetric) {}

  of(expression: Expression): Labels | undefined {
    switch (expression.is) {
      case "scalar":
        return undefined;
      case "selector":
        return this.selected(expression);
      case "call":
        return this.called(expression);
      case "aggregation":
        return this.aggregated(expression);
      case "operation":
        return this.operated(expression);
    }
  }

  private selected(selector: Selector): Labels {
    const { metric, matchers } = selector;
    const labels = (metric === undefined ? undefined : this.labelsOf(metric)) ?? anything;
    for (const { label } of matchers) if (label !== "__name__") this.use(label, labels, selector);
    return labels;
  }

  private called({ function: name, of }: Call): Labels | undefined {
    const read = of.map((it) => this.of(it));
    const vector = read.find((it) => it !== undefined);
    const text = (index: number): string => (of[index]?.is === "scalar" ? (of[index].text ?? "") : "");
    switch (name) {
      case "vector":
      case "scalar":
      case "time":
      case "pi":
        return name === "vector" ? none : undefined;
      // What is not there can only be described by what was looked for.
      case "absent":
      case "absent_over_time":
        return { known: new Set(of[0]?.is === "selector" ? of[0].matchers.filter(({ operator }) => operator === "=").map(({ label }) => label) : []), open: false };
      case "label_replace":
        this.use(text(3), vector, of[0]);
        return withLabels(vector, [text(1)]);
      case "label_join":
        for (let index = 3; index < of.length; index++) this.use(text(index), vector, of[0]);
        return withLabels(vector, [text(1)]);
      case "histogram_quantile":
        this.use("le", vector, of[1]);
        return without(vector, ["le"]);
      default:
        return vector ?? (of.length === 0 ? none : undefined);
    }
  }

  private aggregated({ function: name, grouping, of }: Aggregation): Labels {
    const labels = this.of(of.at(-1) ?? { is: "scalar" }) ?? none;
    if (["topk", "bottomk", "limitk", "limit_ratio"].includes(name)) return labels;
    if (grouping?.word === "by") for (const label of grouping.labels) this.use(label, labels, of.at(-1));
    const kept = grouping === undefined ? none : grouping.word === "by" ? { known: new Set(grouping.labels), open: false } : (without(labels, grouping.labels) ?? none);
    const [counted] = of;
    return name === "count_values" && counted?.is === "scalar" ? (withLabels(kept, [counted.text ?? ""]) ?? kept) : kept;
  }

  private operated({ operator, sides, matching, group }: Operation): Labels | undefined {
    const [left, right] = sides.map((side) => this.of(side));
    if (left === undefined || right === undefined) return left ?? right;
    if (matching?.word === "on")
      for (const label of matching.labels) {
        this.use(label, left, sides[0]);
        this.use(label, right, sides[1]);
      }
    if (operator === "or") return { known: new Set([...left.known, ...right.known]), open: left.open || right.open };
    if (operator === "and" || operator === "unless") return left;
    if (group) {
      const [many, one, ofOne] = group.many === "left" ? [left, right, sides[1]] : [right, left, sides[0]];
      for (const label of group.labels) this.use(label, one, ofOne);
      return withLabels(many, group.labels);
    }
    if (matching?.word === "on") return { known: new Set(matching.labels), open: false };
    return matching ? without(left, matching.labels) : left;
  }

  private use(label: string, labels: Labels | undefined, of: Expression | undefined): void {
    if (labels && !labels.open && !labels.known.has(label)) this.missing.push(`label ${label} of ${wordsOf(of)}`);
  }
}

/** An expression by the metrics in it. */
function wordsOf(expression: Expression | undefined): string {
  const metrics = (it: Expression): readonly string[] => (it.is === "scalar" ? [] : it.is === "selector" ? [it.metric ?? "a variable"] : (it.is === "operation" ? it.sides : it.of).flatMap(metrics));
  return expression ? [...new Set(metrics(expression))].join(" and ") : "nothing";
}

const withLabels = (labels: Labels | undefined, more: readonly string[]): Labels | undefined => labels && { known: new Set([...labels.known, ...more]), open: labels.open };
const without = (labels: Labels | undefined, less: readonly string[]): Labels | undefined => labels && { known: new Set([...labels.known].filter((it) => !less.includes(it))), open: labels.open };
