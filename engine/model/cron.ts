import { secondsOf, type Duration } from "./quantity";

/** A cron expression that comes round that often, or undefined where cron has none: it knows minutes of an hour, hours of a day, days and weeks. */
export function cronOf(every: Duration): string | undefined {
  const minutes = secondsOf(every) / 60;
  if (minutes === 7 * 24 * 60) return "0 0 * * 0";
  if (minutes === 24 * 60) return "0 0 * * *";
  if (Number.isInteger(minutes / 60) && 24 % (minutes / 60) === 0) return `0 */${minutes / 60} * * *`;
  return Number.isInteger(minutes) && minutes > 0 && 60 % minutes === 0 ? `*/${minutes} * * * *` : undefined;
}
