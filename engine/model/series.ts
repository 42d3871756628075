import type { Watches } from "./needs";

/** A metric as it is declared: `kube_pod_info`, or with the labels of its own that may be asked for, `kube_pod_info{namespace, pod}`. */
export interface Series {
  readonly name: string;
  /** Labels beside those that say which target it was scraped from. */
  readonly labels: readonly string[];
  /** It may have others, `{job, *}`: nobody knows all of them. */
  readonly open: boolean;
}

export function seriesFrom(declared: string): Series {
  const [name = "", labels] = declared.split("{");
  const all = labels === undefined ? [] : labels.replace("}", "").split(",").map((label) => label.trim());
  return { name, labels: all.filter((label) => label !== "*"), open: all.includes("*") };
}

/** `kube_pod_info` of `kube_pod_info{namespace, pod}`. */
export const nameOfSeries = (declared: string): string => declared.split("{")[0] ?? "";

/** Every metric that Prometheus has of a release: what it is declared to serve, what it scrapes of nobody's, what its rules record. */
export const seriesOf = (watches: Watches | undefined): readonly string[] => [
  ...Object.values(watches?.metrics ?? {}).flatMap(({ series }) => series.map(nameOfSeries)),
  ...Object.values(watches?.scrapes ?? {}).flatMap((series) => series.map(nameOfSeries)),
  ...(watches?.rules ?? []).flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule.record] : []))),
];
