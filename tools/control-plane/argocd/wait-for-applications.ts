import { until } from "../processes/until";
import { UserError } from "../user-error";
import { applicationState, describeState, isSettled, type ApplicationState } from "./application";
import type { ArgoCd } from "./components";

/** What is awaited of the Applications. */
export interface Expectation {
  /** Decides which Applications count; there must be at least `atLeast` of them. */
  readonly names: (name: string) => boolean;
  readonly atLeast: number;
  /** The commit that they must be at; undefined for those of other repositories. */
  readonly commit?: string;
  readonly timeoutSeconds: number;
  /** Told how far it is. */
  readonly progress: (text: string) => void;
}

/** All Applications of an Argo CD. */
export async function applications({ cluster, namespace }: ArgoCd): Promise<readonly ApplicationState[]> {
  return (await cluster.api.client.list("argoproj.io/v1alpha1", "Application", namespace)).map(applicationState);
}

/** Waits until every expected Application is Synced, Healthy and done; a timeout names the first causes. */
export async function waitForApplications(argocd: ArgoCd, { names, atLeast, commit, timeoutSeconds, progress }: Expectation): Promise<readonly ApplicationState[]> {
  let seen: readonly ApplicationState[] = [];
  let told = "";
  try {
    return await until({ what: "every Application", timeoutSeconds, everyMilliseconds: 500 }, async () => {
      seen = (await applications(argocd)).filter(({ name }) => names(name));
      const waiting = seen.filter((state) => !isSettled(state, commit));
      const text = `${String(seen.length - waiting.length)} of ${String(Math.max(seen.length, atLeast))} Applications${waiting[0] === undefined ? "" : `, waiting for ${waiting[0].name}`}`;
      if (text !== told) progress(text);
      told = text;
      return waiting.length === 0 && seen.length >= atLeast ? seen : undefined;
    });
  } catch (cause) {
    const waiting = seen.filter((state) => !isSettled(state, commit));
    const few = seen.length < atLeast ? [`only ${String(seen.length)} Applications, expected ${String(atLeast)}`] : [];
    throw new UserError([cause instanceof Error ? cause.message : String(cause), ...few, ...waiting.slice(0, 10).map(describeState), ...(waiting.length > 10 ? [`… and ${String(waiting.length - 10)} more`] : [])].join("\n  "));
  }
}
