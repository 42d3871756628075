import type { ApplicationState } from "./application";
import { isSettled } from "./application";
import type { ArgoCd } from "./components";

/** How long an Application may look the same, unsettled and with nothing under way, before it is asked to look again. */
const PATIENCE_SECONDS = 45;

/**
 * Asks Applications that stand still to look at their objects again, as a person does with "Refresh": a controller that is
 * short of processor can miss the last change of one, and looks by itself every three minutes only.
 */
export class LookAgain {
  readonly #since = new Map<string, { readonly looks: string; readonly at: number }>();
  readonly #asked = new Set<string>();

  constructor(private readonly argocd: ArgoCd) {}

  /** The Applications that were asked. */
  asked(): readonly string[] {
    return [...this.#asked].sort();
  }

  /** Takes note of where the Applications are, and asks those that have been there for too long. */
  async after(states: readonly ApplicationState[], now = Date.now()): Promise<void> {
    for (const state of this.standingStill(states, now)) {
      const reference = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { namespace: this.argocd.namespace, name: state.name } };
      await this.argocd.cluster.api.client.patch(reference, { metadata: { annotations: { "argocd.argoproj.io/refresh": "normal" } } });
      this.#asked.add(state.name);
    }
  }

  /** Those that have looked the same for too long; each again only when as much time has passed once more. */
  standingStill(states: readonly ApplicationState[], now: number): readonly ApplicationState[] {
    return states.filter((state) => {
      const looks = JSON.stringify(state);
      const known = this.#since.get(state.name);
      const isIdle = !isSettled(state) && state.phase !== "Running";
      const isStill = isIdle && known?.looks === looks && now - known.at > PATIENCE_SECONDS * 1000;
      if (known?.looks !== looks || isStill) this.#since.set(state.name, { looks, at: now });
      return isStill;
    });
  }
}
