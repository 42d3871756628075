import { askedMetrics } from "../../model/asked-metrics";
import { error, type Finding } from "../../model/finding";
import { fieldOf } from "../../model/manifest";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { seriesOf } from "../../model/series";

/** A dashboard asks only for metrics that something on its cluster is declared to serve: the others would stay empty for ever. */
export const metricKnown = (world: World): readonly Finding[] =>
  world.lab.clusters.flatMap((cluster) => {
    const releases = world.releasesOn(cluster);
    const served = new Set(releases.flatMap(({ needs }) => seriesOf(needs.watches)));
    return cluster.provides.metrics ? releases.flatMap((release) => unknownIn(release, served)) : [];
  });

const unknownIn = (release: Release, served: ReadonlySet<string>): readonly Finding[] =>
  Object.entries(release.needs.watches?.dashboards ?? {}).flatMap(([name, dashboard]) => {
    const unknown = [...new Set(queriesOf(dashboard).flatMap(askedMetrics))].filter((metric) => !served.has(metric));
    return unknown.length
      ? [
          error({
            rule: "metric-known",
            address: release.address,
            found: `dashboard ${name} asks for ${unknown.join(", ")}`,
            expected: `metrics that something on ${release.cluster.name} serves`,
            fix: "Correct the name, add it to the `series` of the port that serves it, or place the app that does",
          }),
        ]
      : [];
  });

/** Every PromQL query of a dashboard. Loki calls its queries `expr` too: what names another kind of data source is not read. */
function queriesOf(node: unknown, source: unknown = undefined): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((it) => queriesOf(it, source));
  const kind = fieldOf(node, "datasource", "type") ?? source;
  const own = fieldOf(node, "expr");
  const here = typeof own === "string" && (kind === undefined || kind === "prometheus") ? [own] : [];
  return [...here, ...Object.values(node).flatMap((it) => queriesOf(it, kind))];
}
