import { askedMetrics } from "../../model/asked-metrics";
import { error, type Finding } from "../../model/finding";
import { nearest } from "../../model/nearest";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { seriesOf } from "../../model/series";
import { queriesIn } from "../promql/queries";

/**
 * Dashboards, alerts and recording rules ask only for metrics that something on their cluster is declared to serve: the others
 * would stay empty for ever, and an alert on one would never fire.
 */
export function metricKnown(world: World): readonly Finding[] {
  const asked = askingOnce();
  return world.onEachCluster((cluster, releases) => {
    const served = new Set(releases.flatMap(({ needs }) => seriesOf(needs.watches)));
    return cluster.provides.metrics ? releases.flatMap((release) => unknownIn(release, served, asked)) : [];
  });
}

/** Reads each query once: clusters ask the same of theirs. */
function askingOnce(): (query: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (query) => {
    const metrics = known.get(query) ?? askedMetrics(query);
    known.set(query, metrics);
    return metrics;
  };
}

const unknownIn = (release: Release, served: ReadonlySet<string>, asked: (query: string) => readonly string[]): readonly Finding[] =>
  queriesIn(release.needs).flatMap(([what, queries]) => {
    const unknown = [...new Set(queries.flatMap(({ text }) => asked(text)))].filter((metric) => !served.has(metric));
    return unknown.length
      ? [
          error({
            rule: "metric-known",
            address: release.address,
            found: `${what} asks for ${unknown.join(", ")}`,
            expected: `metrics that something on ${release.cluster.name} serves`,
            fix: meant(unknown, served) ?? "Correct the name, add it to the `series` of the port that serves it, or place the app that does",
          }),
        ]
      : [];
  });

/** What was probably meant, where that is near for each: a metric is seldom mistyped by much. */
function meant(unknown: readonly string[], served: ReadonlySet<string>): string | undefined {
  const near = unknown.map((metric) => nearest(metric, [...served].filter((it) => Math.abs(it.length - metric.length) <= 2 && it[0] === metric[0])));
  return near.every((it) => it !== undefined) ? `Write ${near.join(", ")}` : undefined;
}
