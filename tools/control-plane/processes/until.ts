import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../user-error";

/** What was awaited did not come in time; `last` tells what was seen instead. */
export class TimeoutError extends UserError {}

/** How long to wait for something, and how often to look. */
export interface Patience {
  /** What is awaited, in words that complete "timed out waiting for …". */
  readonly what: string;
  readonly timeoutSeconds: number;
  readonly everyMilliseconds?: number;
  /** Ends the waiting at once, with this signal's reason: the process that should answer has died, or the run ends. */
  readonly signal?: AbortSignal;
}

/** Asks again until the answer is not undefined; a probe that throws counts as "not yet". */
export async function until<T>(patience: Patience, probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patience.timeoutSeconds * 1000;
  let last = "no answer";
  for (;;) {
    patience.signal?.throwIfAborted();
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
    } catch (cause) {
      last = cause instanceof Error ? cause.message : String(cause);
    }
    patience.signal?.throwIfAborted();
    if (Date.now() > deadline) throw new TimeoutError(`timed out after ${String(patience.timeoutSeconds)} s waiting for ${patience.what}: ${last}`);
    await pause(patience.everyMilliseconds ?? 100);
  }
}
