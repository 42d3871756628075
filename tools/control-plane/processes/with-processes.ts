import { UserError } from "../user-error";
import { Processes } from "./processes";

/** Options of {@link withProcesses}. */
export interface ProcessScope {
  /** The file processes/watchdog.cjs. */
  readonly watchdogScript: string;
  /** Leaves the temporary directory, with every log, for a look afterwards. */
  readonly keep: boolean;
}

const INTERRUPTIONS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Does some work with processes, which have all ended when this returns: also on an error, a dead process or Ctrl-C. */
export async function withProcesses<T>(scope: ProcessScope, work: (processes: Processes) => Promise<T>): Promise<T> {
  const processes = new Processes(scope.watchdogScript, scope.keep);
  const interrupted = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => interrupted.abort(new UserError(`Interrupted (${signal}).`));
  for (const signal of INTERRUPTIONS) process.on(signal, interrupt);
  try {
    return await Promise.race([work(processes), rejection(interrupted.signal), rejection(processes.failure)]);
  } finally {
    await processes.end();
    for (const signal of INTERRUPTIONS) process.off(signal, interrupt);
    if (scope.keep) console.log(`Logs and state are kept in ${processes.directory}`);
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason))));
  });
}
