import { error, type Finding } from "../../model/finding";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { expressionOf, readingOnce, Unreadable, type Expression } from "../promql/expression";
import { labelsIn, type LabelsOfMetric } from "../promql/labels";
import { queriesIn, type Query } from "../promql/queries";
import { labelsOn, servedOn } from "../promql/served";

/**
 * Matchers, groupings, legends and messages ask only for labels that the metrics have: otherwise a query finds nothing, adds up
 * what it should tell apart, or a message has a gap where the name should stand.
 */
export function labelKnown(world: World): readonly Finding[] {
  const read = readingOnce();
  const judges = new Map<string, Judge>();
  return world.onEachCluster((cluster, releases) => {
    if (!cluster.provides.metrics) return [];
    // Where the same is served, the same query is as good: most clusters of a large lab are alike.
    const served = servedOn(releases);
    const judge = judges.get(served) ?? judgeOnce(labelsOn(releases, read), read);
    judges.set(served, judge);
    return releases.flatMap((release) => queriesIn(release.needs).flatMap(([what, queries]) => judged(release, what, queries.map(judge))));
  });
}

/** What is wrong with a query; a text where it cannot be read at all. */
type Judge = (query: Query) => readonly string[] | string;

function judgeOnce(labelsOf: LabelsOfMetric, read: (text: string) => Expression): Judge {
  const known = new Map<string, readonly string[] | string>();
  return (query) => {
    const key = [query.text, ...query.shown].join("\n");
    const problems = known.get(key) ?? problemsOf(query, labelsOf, read);
    known.set(key, problems);
    return problems;
  };
}

/** What is wrong with a query, judged by itself. */
export function problemsOf({ text, shown }: Query, labelsOf: LabelsOfMetric, read: (text: string) => Expression = expressionOf): readonly string[] | string {
  try {
    const { labels, missing } = labelsIn(read(text), labelsOf);
    const gaps = labels === undefined || labels.open ? [] : shown.filter((label) => !labels.known.has(label));
    return [...missing, ...gaps.map((label) => `label ${label} of its result`)];
  } catch (failure) {
    if (failure instanceof Unreadable) return failure.message;
    throw failure;
  }
}

function judged({ address }: Release, what: string, problems: readonly (readonly string[] | string)[]): readonly Finding[] {
  const unreadable = problems.filter((it) => typeof it === "string");
  const missing = [...new Set(problems.flatMap((it) => (typeof it === "string" ? [] : it)))];
  return [
    ...unreadable.map((where) => error({ rule: "label-known", address, found: `${what} is no PromQL: ${where}`, expected: "an expression that Prometheus reads", fix: "Correct it there" })),
    ...(missing.length
      ? [error({ rule: "label-known", address, found: `${what} asks for ${missing.join(", ")}`, expected: "labels that these metrics have", fix: "Correct the name, group by what is shown, or say in `series` that the metric has it: name{label}" })]
      : []),
  ];
}
