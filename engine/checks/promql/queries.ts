import { fieldOf } from "../../model/manifest";
import type { Needs } from "../../model/needs";

/** A PromQL query, with what is written about its result. */
export interface Query {
  readonly text: string;
  /** Labels of the result that a legend or a message shows. */
  readonly shown: readonly string[];
}

/** Every query of a release's dashboards and rules, by what asks it: `alert GpuHot`. */
export const queriesIn = ({ watches }: Needs): readonly (readonly [what: string, queries: readonly Query[]])[] => [
  ...Object.entries(watches?.dashboards ?? {}).map(([name, dashboard]) => [`dashboard ${name}`, queriesOf(dashboard)] as const),
  ...(watches?.rules ?? []).flatMap(({ rules }) =>
    rules.map((rule) => ("alert" in rule ? ([`alert ${rule.alert}`, [{ text: rule.expr, shown: labelsIn(`${rule.summary} ${rule.description}`, inMessages) }]] as const) : ([`rule ${rule.record}`, [{ text: rule.expr, shown: [] }]] as const))),
  ),
];

/** Every PromQL query of a dashboard. Loki calls its queries `expr` too: what names another kind of data source is not read. */
export function queriesOf(node: unknown, source: unknown = undefined): readonly Query[] {
  if (typeof node !== "object" || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((it) => queriesOf(it, source));
  const kind = fieldOf(node, "datasource", "type") ?? source;
  const own = fieldOf(node, "expr");
  const here = typeof own === "string" && (kind === undefined || kind === "prometheus") ? [{ text: own, shown: labelsShown(String(fieldOf(node, "legendFormat") ?? "")) }] : [];
  return [...here, ...Object.values(node).flatMap((it) => queriesOf(it, kind))];
}

/** https://prometheus.io/docs/prometheus/latest/configuration/template_reference/ */
const inMessages = /(?:\$labels|\.Labels)\.([a-zA-Z_]\w*)/g;
/** https://grafana.com/docs/grafana/latest/datasources/prometheus/query-editor/#legend */
const inLegends = /\{\{\s*([a-zA-Z_]\w*)\s*\}\}/g;

/** The labels that a legend shows: `{{node}}`. */
export const labelsShown = (legend: string): readonly string[] => labelsIn(legend, inLegends);

const labelsIn = (text: string, place: RegExp): readonly string[] => [...text.matchAll(place)].map(([, label]) => label ?? "");
