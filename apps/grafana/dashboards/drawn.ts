import { BigValueGraphMode, GraphThresholdsStyleConfigBuilder, GraphThresholdsStyleMode, ReduceDataOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import { DashboardBuilder, QueryVariableBuilder, RowBuilder, ThresholdsConfigBuilder, ThresholdsMode, VariableRefresh, type Dashboard as GrafanaDashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeSeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { metricsSource } from "../data-sources";
import type { Choice, Dashboard, Panel } from "./panel";

/** A dashboard as Grafana reads it from a file. */
export function drawn(dashboard: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(dashboard.title)
    .uid(dashboard.name)
    .description(dashboard.description ?? "")
    .tags(["hearth"])
    .readonly()
    .timezone("browser")
    .time({ from: "now-6h", to: "now" })
    .refresh("1m")
    .variables((dashboard.choices ?? []).map(choiceOf));
  let id = 0;
  for (const { title, panels } of dashboard.rows) {
    builder.withRow(new RowBuilder(title).id((id += 1)));
    for (const panel of panels) builder.withPanel(panelOf(panel).id((id += 1)));
  }
  return builder.build();
}

const choiceOf = ({ label, of }: Choice): QueryVariableBuilder =>
  new QueryVariableBuilder(label)
    .datasource(metricsSource)
    .query(`label_values(${of}, ${label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue(".*")
    .current({ selected: true, text: "All", value: "$__all" });

/** The grid is 24 wide. */
function panelOf(panel: Panel) {
  switch (panel.shows) {
    case "graph":
      return titled(new TimeSeriesBuilder(), panel).span(12).height(8).min(0).fillOpacity(10).thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(panel.badFrom === undefined ? GraphThresholdsStyleMode.Off : GraphThresholdsStyleMode.Dashed));
    case "number":
      return titled(new StatBuilder(), panel).span(6).height(4).graphMode(BigValueGraphMode.None).reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]));
    case "table":
      return titled(new TableBuilder(), panel).span(12).height(8);
  }
}

/** What all kinds of panels have. */
const titled = <Builder extends TimeSeriesBuilder | StatBuilder | TableBuilder>(builder: Builder, panel: Panel): Builder => {
  builder.title(panel.title).datasource(metricsSource).unit(panel.unit).thresholds(thresholds(panel)).targets(targetsOf(panel));
  return builder;
};

const targetsOf = ({ shows, queries }: Panel): DataqueryBuilder[] =>
  Object.entries(queries).map(([legend, expr], index) => {
    const query = new DataqueryBuilder().refId(String.fromCharCode("A".charCodeAt(0) + index)).expr(expr).legendFormat(legend);
    if (shows === "graph") return query.range();
    return shows === "table" ? query.instant().format(PromQueryFormat.Table) : query.instant();
  });

function thresholds({ badFrom }: Panel): ThresholdsConfigBuilder {
  const good = { value: null, color: "green" };
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(badFrom === undefined ? [good] : [good, { value: badFrom, color: "red" }]);
}
