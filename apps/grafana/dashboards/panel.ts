import { askedMetrics } from "../../../engine/model/asked-metrics";

/** A dashboard as its author thinks of it: titles and questions. How it looks is the same for all, and written elsewhere. */
export interface Dashboard {
  /** File name and stable address: `/d/<name>`. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** What the reader may narrow it to, at its top. */
  readonly choices?: readonly Choice[];
  readonly rows: readonly Row[];
}

/** The values of a label, as `$<label>` in queries. */
export interface Choice {
  readonly label: string;
  /** A metric that has the label wherever it matters. */
  readonly of: string;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly shows: "graph" | "number" | "table";
  readonly title: string;
  /** https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
  readonly unit: string;
  /** By legend: a text with `{{label}}`. */
  readonly queries: Readonly<Record<string, string>>;
  /** From this value on it is red. */
  readonly badFrom?: number;
}

type Options = Pick<Panel, "badFrom">;

/** How something went over time. */
export const graph = (title: string, unit: string, queries: Readonly<Record<string, string>>, options: Options = {}): Panel => ({ shows: "graph", title, unit, queries, ...options });
/** How much it is now. */
export const number = (title: string, unit: string, query: string, options: Options = {}): Panel => ({ shows: "number", title, unit, queries: { "": query }, ...options });
/** What there is now, a line for each set of labels. */
export const table = (title: string, unit: string, query: string, options: Options = {}): Panel => ({ shows: "table", title, unit, queries: { "": query }, ...options });

/** How far back rates look: never less than four scrapes. https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/ */
export const window = "[$__rate_interval]";

export const queriesOf = (dashboard: Dashboard): readonly string[] => dashboard.rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => Object.values(queries)));

/** What of a dashboard can be shown where these metrics are served: a panel that lacks one would say "No data" for ever. */
export function shownWith(dashboard: Dashboard, served: ReadonlySet<string>): Dashboard | undefined {
  const answered = (panel: Panel): boolean => Object.values(panel.queries).flatMap(askedMetrics).every((metric) => served.has(metric));
  const rows = dashboard.rows.map((row) => ({ ...row, panels: row.panels.filter(answered) })).filter(({ panels }) => panels.length);
  return rows.length && (dashboard.choices ?? []).every(({ of }) => served.has(of)) ? { ...dashboard, rows } : undefined;
}
