import { until } from "../processes/until";
import { UserError } from "../user-error";
import { applicationState, describeState, isSettled, type ApplicationState } from "./application";
import type { ArgoCd } from "./components";
import { LookAgain } from "./look-again";

/** What is awaited of the Applications. */
export interface Expectation {
  /** How many there must be at least. */
  readonly atLeast: number;
  /** The commit that they must be at; without one, any. */
  readonly commit?: string;
  /** How long it may take in all, and how long nothing may happen: a slow machine is no failure, standing still is one. */
  readonly timeoutSeconds: number;
  readonly stallSeconds: number;
  /** Who asks Applications that stand still; without, one for this wait alone. */
  readonly lookAgain?: LookAgain;
  /** Told how far it is. */
  readonly progress: (text: string) => void;
}

/** All Applications of an Argo CD. */
export async function applications({ cluster, namespace }: ArgoCd): Promise<readonly ApplicationState[]> {
  return (await cluster.api.client.list("argoproj.io/v1alpha1", "Application", namespace)).map(applicationState);
}

/** Waits until every Application is Synced, Healthy and done; where that does not come about, the first causes are told. */
export async function waitForApplications(argocd: ArgoCd, expectation: Expectation): Promise<readonly ApplicationState[]> {
  const { atLeast, commit, timeoutSeconds, stallSeconds, progress } = expectation;
  let seen: readonly ApplicationState[] = [];
  let told = "";
  const known = new Set<string>();
  let movedAt = Date.now();
  const again = expectation.lookAgain ?? new LookAgain(argocd);
  const stalled = new AbortController();
  const patience = { what: "every Application", timeoutSeconds, everyMilliseconds: 2500, signal: stalled.signal };
  try {
    return await until(patience, async () => {
      seen = await applications(argocd);
      const waiting = seen.filter((state) => !isSettled(state, commit));
      const text = progressText(seen.length, waiting, atLeast);
      if (text !== told) progress((told = text));
      if (isNews(seen, known)) movedAt = Date.now();
      await again.after(seen);
      if (Date.now() - movedAt > stallSeconds * 1000) stalled.abort(new UserError(`nothing has happened for ${String(stallSeconds)} s`));
      return waiting.length === 0 && seen.length >= atLeast ? seen : undefined;
    });
  } catch (cause) {
    throw new UserError([cause instanceof Error ? cause.message : String(cause), ...causes(seen, expectation)].join("\n  "));
  }
}

/** Whether any Application is somewhere it has not been before: going back and forth is standing still. */
export function isNews(states: readonly ApplicationState[], known: Set<string>): boolean {
  const before = known.size;
  for (const { name, sync, health, phase, revision, unready } of states) known.add([name, sync, health, phase, revision, unready].join(" "));
  return known.size > before;
}

/** How many are settled, and what the first others are doing. */
function progressText(count: number, waiting: readonly ApplicationState[], atLeast: number): string {
  const states = waiting.slice(0, 3).map(({ name, sync, health, phase }) => `${name} (${[sync, health, phase].filter((word) => word !== "").join(", ")})`);
  return `${String(count - waiting.length)} of ${String(Math.max(count, atLeast))} Applications${states.length === 0 ? "" : `, waiting for ${states.join(", ")}`}`;
}

function causes(seen: readonly ApplicationState[], { atLeast, commit }: Expectation): readonly string[] {
  const waiting = seen.filter((state) => !isSettled(state, commit));
  const few = seen.length < atLeast ? [`only ${String(seen.length)} Applications, expected ${String(atLeast)}`] : [];
  return [...few, ...waiting.slice(0, 10).map(describeState), ...(waiting.length > 10 ? [`… and ${String(waiting.length - 10)} more`] : [])];
}
