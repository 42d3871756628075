import type { Watches } from "./needs";

/** Every metric that Prometheus has of a release: what it is declared to serve, what it scrapes of nobody's, what its rules record. */
export const seriesOf = (watches: Watches | undefined): readonly string[] => [
  ...Object.values(watches?.metrics ?? {}).flatMap(({ series }) => series),
  ...Object.values(watches?.scrapes ?? {}).flat(),
  ...(watches?.rules ?? []).flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule.record] : []))),
];
