import type { Release } from "../../model/release";
import { nameOfSeries, seriesFrom } from "../../model/series";
import { expressionOf, Unreadable, type Expression } from "./expression";
import { labelsIn, type Labels, type LabelsOfMetric } from "./labels";

/** What Prometheus itself says of every target that nobody's Service stands for. */
const ofEveryTarget = ["job", "instance"];

/**
 * The labels of every metric that releases of a cluster serve or record: those of its own and those of the target. Where several
 * serve one metric, those of all. A recording rule's follow from its expression.
 * @param read reads an expression, or throws `Unreadable`
 */
export function labelsOn(releases: readonly Release[], read: (text: string) => Expression = expressionOf): LabelsOfMetric {
  const declared = new Map<string, Declared[]>();
  const recorded = new Map<string, string[]>();
  for (const { needs, cluster } of releases) {
    for (const port of Object.values(needs.watches?.metrics ?? {})) {
      const target = [...ofEveryTarget, ...(cluster.provides.metrics?.targetLabels(port) ?? [])];
      for (const series of port.series) added(declared, nameOfSeries(series), { series, target });
    }
    for (const series of Object.values(needs.watches?.scrapes ?? {}).flat()) added(declared, nameOfSeries(series), { series, target: ofEveryTarget });
    for (const rule of (needs.watches?.rules ?? []).flatMap(({ rules }) => rules)) if ("record" in rule) added(recorded, rule.record, rule.expr);
  }
  const known = new Map<string, Labels | undefined>();
  const labelsOf: LabelsOfMetric = (metric) => {
    if (known.has(metric)) return known.get(metric);
    // A rule that records of itself has whatever it has.
    known.set(metric, recorded.has(metric) ? { known: new Set(), open: true } : undefined);
    const all = [...(declared.get(metric) ?? []).map(labelsFrom), ...(recorded.get(metric) ?? []).map((expression) => labelsRecorded(expression, read, labelsOf))];
    const labels = all.length === 0 ? undefined : { known: new Set(all.flatMap((it) => [...it.known])), open: all.some(({ open }) => open) };
    known.set(metric, labels);
    return labels;
  };
  return labelsOf;
}

/** Equal for clusters where every metric has the same labels. */
export const servedOn = (releases: readonly Release[]): string =>
  releases
    .map(({ needs: { watches }, cluster }) => [
      ...Object.values(watches?.metrics ?? {}).map((port) => `${cluster.provides.metrics?.targetLabels(port).join() ?? ""} ${port.series.join()}`),
      ...Object.values(watches?.scrapes ?? {}).map((series) => series.join()),
      ...(watches?.rules ?? []).flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [`${rule.record} ${rule.expr}`] : []))),
    ].join("\n"))
    .join("\n");

/** A metric as one port declares it, and what is said of the port. */
interface Declared {
  readonly series: string;
  readonly target: readonly string[];
}

function added<T>(to: Map<string, T[]>, key: string, item: T): void {
  const there = to.get(key);
  if (there) there.push(item);
  else to.set(key, [item]);
}

function labelsFrom({ series, target }: Declared): Labels {
  const { name, labels, open } = seriesFrom(series);
  // The target's labels win over a metric's own of that name: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
  const own = labels.map((label) => (target.includes(label) ? `exported_${label}` : label));
  return { known: new Set([...target, ...own, ...(name.endsWith("_bucket") ? ["le"] : [])]), open };
}

/** One that cannot be read is found where it stands. */
function labelsRecorded(expression: string, read: (text: string) => Expression, labelsOf: LabelsOfMetric): Labels {
  try {
    return labelsIn(read(expression), labelsOf).labels ?? { known: new Set(), open: false };
  } catch (failure) {
    if (failure instanceof Unreadable) return { known: new Set(), open: true };
    throw failure;
  }
}
