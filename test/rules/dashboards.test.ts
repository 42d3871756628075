import { execFileSync } from "node:child_process";
import { authored, ownDashboards } from "../../apps/grafana/dashboards/catalogue";
import { queriesOf } from "../../apps/grafana/dashboards/panel";
import { grafana } from "../../apps/grafana/grafana";
import { ollama } from "../../apps/ollama/ollama";
import { watches as cephWatches } from "../../apps/rook-ceph/watches";
import { watches as veleroWatches } from "../../apps/velero/watches";
import { expressionOf, type Expression } from "../../engine/checks/promql/expression";
import type { LabelsOfMetric } from "../../engine/checks/promql/labels";
import { labelsShown } from "../../engine/checks/promql/queries";
import { labelsOn } from "../../engine/checks/promql/served";
import { problemsOf } from "../../engine/checks/releases/label-known";
import { neighbourOf } from "../../engine/build/neighbours";
import { askedMetrics } from "../../engine/model/asked-metrics";
import type { Lab } from "../../engine/model/lab";
import type { Neighbour } from "../../engine/model/neighbour";
import { bucket, precious } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { resolve } from "../../engine/model/resolve";
import { seriesOf } from "../../engine/model/series";
import { programPath } from "../../tools/programs";
import { labs } from "../labs";
import { catalogue } from "./catalogue";
import { describeWithGo } from "./with-go";

/** A Grafana on each cluster, where there is none yet. */
const watchedBy = (lab: Lab): Lab => ({ ...lab, clusters: lab.clusters.map((cluster) => (cluster.runs.some(({ app }) => app.name === "grafana") ? cluster : { ...cluster, runs: [...cluster.runs, place(grafana)] })) });

interface Seen {
  readonly release: string;
  readonly labelsOf: LabelsOfMetric;
  readonly neighbours: readonly Neighbour[];
}

/** What each Grafana in the labs of the repository sees. */
const grafanas: readonly Seen[] = Object.values(labs).flatMap((lab) => {
  const { world } = resolve(watchedBy(lab));
  return world.releases.filter(({ app }) => app.name === "grafana").map((release) => ({ release: release.address, labelsOf: labelsOn(world.releasesOn(release.cluster)), neighbours: world.releasesOn(release.cluster).map(neighbourOf) }));
});

/** As Grafana sends a query, with values for its variables. */
const asSent = (query: string): string => query.replaceAll("$__rate_interval", "5m");

const models: Neighbour = { address: "one/ollama", name: "ollama", namespace: "ollama", app: ollama.name, exposes: {}, stores: {}, copiesFiles: false, series: [], dashboards: {} };
const photos: Neighbour = { ...models, address: "one/photos", name: "photos", namespace: "photos", app: "photos", stores: { originals: bucket(precious("1Gi")) } };
const everyQuery = authored([models, photos]).flatMap(queriesOf);

/** The metrics of an expression, sorted. */
const namesIn = (expression: Expression): readonly string[] => [...new Set(metricsIn(expression))].sort();
const metricsIn = (it: Expression): readonly string[] => (it.is === "scalar" ? [] : it.is === "selector" ? (it.metric === undefined ? [] : [it.metric]) : (it.is === "operation" ? it.sides : it.of).flatMap(metricsIn));

const parsed = (expressions: readonly string[]): readonly (readonly string[])[] => JSON.parse(execFileSync(programPath("promql-names"), { input: JSON.stringify(expressions), encoding: "utf8" }));

describeWithGo("dashboards, asked of Prometheus' parser", ["promql-names"], () => {
  test("every query is PromQL, and asks for what we read in it", () => {
    const expressions = everyQuery.map(asSent);
    expect(expressions.length).toBeGreaterThan(80);
    expect(expressions.map(askedMetrics)).toEqual(parsed(expressions));
  });

  test("what we read in rules is what Prometheus does", () => {
    const expressions = catalogue.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)));
    expect(expressions.map(askedMetrics)).toEqual(parsed(expressions));
  });

  test.each([
    'sum by (a, b) (rate(x_total{le="by (y)", z=~"{q}"}[5m:1m] offset 1h30m)) / on (a) group_left y:z > bool 1e3',
    "count_values(\"v\", up) unless avg without (instance) (up @ start()) or vector(Inf) > bool 0x1F + NaN",
    "label_replace(up, 'a', '$1', 'b', '(.*)') # and a comment with words",
    "topk(3, -some:metric) * ignoring(a) group_right(b) (other)",
  ])("tricky: %s", (expression) => {
    expect(askedMetrics(expression)).toEqual(parsed([expression])[0]);
    expect(namesIn(expressionOf(expression))).toEqual(parsed([expression])[0]);
  });

  test("what labels are looked for in is read as Prometheus reads it", () => {
    const expressions = [...everyQuery.map(asSent), ...catalogue.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)))];
    expect(expressions.map(expressionOf).map(namesIn)).toEqual(parsed(expressions));
  });

  test("a query with a typing error is refused", () => {
    expect(() => parsed(["sum(rate(up[5m])"])).toThrow();
  });
});

test("every metric that is asked for is served by some app of the catalogue", () => {
  const served = [...grafanas.flatMap(({ neighbours }) => neighbours.flatMap(({ series }) => series)), ...seriesOf(cephWatches), ...seriesOf(veleroWatches("velero", "velero", "24h", "docs/recovery.md"))];
  expect(everyQuery.flatMap(askedMetrics).filter((metric) => !served.includes(metric))).toEqual([]);
});

test("a dashboard asks only for what its own cluster serves", () => {
  expect(grafanas.length).toBeGreaterThan(5);
  const unserved = grafanas.flatMap(({ release, neighbours }) => {
    const served = new Set(neighbours.flatMap(({ series }) => series));
    return ownDashboards(neighbours).flatMap((dashboard) => queriesOf(dashboard).flatMap(askedMetrics).filter((metric) => !served.has(metric)).map((metric) => `${release}: ${dashboard.name} asks for ${metric}`));
  });
  expect(unserved).toEqual([]);
});

test("a dashboard asks only for labels that the metrics have, and its legends show them", () => {
  const missing = grafanas.flatMap(({ release, neighbours, labelsOf }) =>
    ownDashboards(neighbours).flatMap(({ name, rows, choices = [] }) => [
      ...rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => Object.entries(queries).flatMap(([legend, text]) => problemsOf({ text, shown: labelsShown(legend) }, labelsOf)))),
      ...choices.filter(({ label, of }) => labelsOf(of)?.known.has(label) !== true).map(({ label, of }) => `label ${label} of ${of}`),
    ].map((problem) => `${release}: ${name} asks for ${problem}`)),
  );
  expect(missing).toEqual([]);
});

test("every cluster of the default lab shows its nodes, workloads, certificates and way in", () => {
  const shown = grafanas.filter(({ release }) => /^(air|pro|studio|pi|forge)\//.test(release)).map(({ neighbours }) => ownDashboards(neighbours).map(({ name }) => name));
  expect(shown.length).toBeGreaterThanOrEqual(5);
  for (const names of shown) expect(names).toEqual(expect.arrayContaining(["overview", "nodes", "workloads", "certificates", "traefik"]));
});
