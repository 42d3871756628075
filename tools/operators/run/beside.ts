import { setTimeout as pause } from "node:timers/promises";
import type { Stage } from "./lab-cluster";

/** Looks twice a second until the run ends, beside everything else; what goes wrong ends the run. */
export function beside({ testbed, ending }: Pick<Stage, "testbed" | "ending">, look: () => Promise<void>): void {
  const follow = async (): Promise<void> => {
    for (;;) {
      await look();
      await pause(500, undefined, { signal: ending });
    }
  };
  follow().catch((cause: unknown) => {
    if (!ending.aborted) testbed.processes.fail(cause);
  });
}
