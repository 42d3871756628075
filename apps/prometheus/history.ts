import type { Mistake, Placed } from "../../engine/model/app";
import { bytesFrom, bytesOf, secondsOf, type Bytes, type Duration } from "../../engine/model/quantity";

/** How long history is promised for, how much comes in, and where it goes. */
export interface History {
  readonly space: Bytes;
  readonly retention: Duration;
  readonly scrapeInterval: Duration;
  /** How many time series it is planned for. */
  readonly series: number;
}

/**
 * Seconds kept × samples a second × bytes for each, of which compression leaves one to two; and the log of what is not in a block
 * yet, three segments of 128 MB at the least: https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects
 */
const bytesPerSample = 2;
const writeAheadLog = 3 * 128 * 2 ** 20;

/** What of a volume history may fill: a compaction writes a new block before it deletes the old ones. */
export const usable = (space: Bytes): number => bytesOf(space) * 0.85;

const bytesPerDay = ({ series, scrapeInterval }: History): number => ((24 * 3600) / secondsOf(scrapeInterval)) * series * bytesPerSample;

/** History that does not fit goes before its time, and nobody is told. */
export function tooLittleSpace({ settings }: Placed<History>): readonly Mistake[] {
  const days = secondsOf(settings.retention) / (24 * 3600);
  const needed = days * bytesPerDay(settings) + writeAheadLog;
  if (needed <= usable(settings.space)) return [];
  const kept = Math.max(0, (usable(settings.space) - writeAheadLog) / bytesPerDay(settings));
  return [
    {
      rule: "history-fits",
      found: `${settings.space} for ${settings.retention} of ${settings.series} series every ${settings.scrapeInterval}: it fills after ${kept.toFixed(1)} days, and the oldest goes`,
      expected: `${bytesFrom(Math.ceil(needed / 0.85 / 2 ** 30) * 2 ** 30)}, at ${bytesPerSample} bytes a sample and with 15 % free for compaction`,
      fix: "Give it more space, keep less, look less often, or plan for fewer series",
    },
  ];
}
