import { z } from "zod";

/** A Kubernetes quantity of bytes, in the binary units that every app here uses. */
export type Bytes = `${number}${"Mi" | "Gi" | "Ti"}`;

/** CPU as Kubernetes writes it: whole cores (`"2"`) or thousandths (`"250m"`). */
export type Cpu = `${number}` | `${number}m`;

/** A Go duration of one unit, as Prometheus, Ollama and Argo CD read it: `30m`, `15d`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d" | "w" | "y"}`;

const factors: Readonly<Record<string, number>> = { Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** Setting types for zod: the unit is part of the value, and a wrong one is a finding. */
export const bytes = z.custom<Bytes>((v) => typeof v === "string" && /^\d+(\.\d+)?(Mi|Gi|Ti)$/.test(v), {
  error: 'a number of bytes with its unit, such as "300Gi" (Mi, Gi or Ti)',
});
export const cpu = z.custom<Cpu>((v) => typeof v === "string" && /^\d+(\.\d+)?m?$/.test(v), {
  error: 'CPU as cores or thousandths, such as "2" or "250m"',
});
export const duration = z.custom<Duration>((v) => typeof v === "string" && /^\d+(ms|s|m|h|d|w|y)$/.test(v), {
  error: 'a duration with its unit, such as "30m" or "15d"',
});

/** The number of bytes in a quantity. */
export function bytesOf(quantity: Bytes): number {
  const match = /^(\d+(?:\.\d+)?)(Mi|Gi|Ti)$/.exec(quantity);
  if (!match) throw new Error(`not a quantity of bytes: ${quantity}`);
  return Number(match[1]) * (factors[match[2] ?? ""] ?? Number.NaN);
}

/** Thousandths of a core. */
export function milliCpuOf(quantity: Cpu): number {
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) : Math.round(Number(quantity) * 1000);
}

/** The largest unit that keeps a number of bytes whole: 322122547200 → `300Gi`. */
export function bytesFrom(count: number): Bytes {
  for (const unit of ["Ti", "Gi"] as const) {
    const value = count / (factors[unit] ?? Number.NaN);
    if (Number.isInteger(value) && value > 0) return `${value}${unit}`;
  }
  return `${Math.round(count / 2 ** 20)}Mi`;
}

const seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** The number of seconds in a duration. A year has 365 days, as Prometheus counts. */
export function secondsOf(text: Duration): number {
  const match = /^(\d+)(ms|s|m|h|d|w|y)$/.exec(text);
  if (!match) throw new Error(`not a duration: ${text}`);
  return Number(match[1]) * (seconds[match[2] ?? ""] ?? Number.NaN);
}
