import { askedMetrics } from "../../model/asked-metrics";
import { error, type Finding } from "../../model/finding";
import { fieldOf } from "../../model/manifest";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { seriesOf } from "../../model/series";

/**
 * Dashboards, alerts and recording rules ask only for metrics that something on their cluster is declared to serve: the others
 * would stay empty for ever, and an alert on one would never fire.
 */
export const metricKnown = (world: World): readonly Finding[] =>
  world.lab.clusters.flatMap((cluster) => {
    const releases = world.releasesOn(cluster);
    const served = new Set(releases.flatMap(({ needs }) => seriesOf(needs.watches)));
    return cluster.provides.metrics ? releases.flatMap((release) => unknownIn(release, served)) : [];
  });

const unknownIn = (release: Release, served: ReadonlySet<string>): readonly Finding[] =>
  queriesIn(release).flatMap(([what, queries]) => {
    const unknown = [...new Set(queries.flatMap(askedMetrics))].filter((metric) => !served.has(metric));
    return unknown.length
      ? [
          error({
            rule: "metric-known",
            address: release.address,
            found: `${what} asks for ${unknown.join(", ")}`,
            expected: `metrics that something on ${release.cluster.name} serves`,
            fix: "Correct the name, add it to the `series` of the port that serves it, or place the app that does",
          }),
        ]
      : [];
  });

const queriesIn = ({ needs }: Release): readonly (readonly [what: string, queries: readonly string[]])[] => [
  ...Object.entries(needs.watches?.dashboards ?? {}).map(([name, dashboard]) => [`dashboard ${name}`, queriesOf(dashboard)] as const),
  ...(needs.watches?.rules ?? []).flatMap(({ rules }) => rules.map((rule) => ["alert" in rule ? `alert ${rule.alert}` : `rule ${rule.record}`, [rule.expr]] as const)),
];

/** Every PromQL query of a dashboard. Loki calls its queries `expr` too: what names another kind of data source is not read. */
function queriesOf(node: unknown, source: unknown = undefined): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((it) => queriesOf(it, source));
  const kind = fieldOf(node, "datasource", "type") ?? source;
  const own = fieldOf(node, "expr");
  const here = typeof own === "string" && (kind === undefined || kind === "prometheus") ? [own] : [];
  return [...here, ...Object.values(node).flatMap((it) => queriesOf(it, kind))];
}
