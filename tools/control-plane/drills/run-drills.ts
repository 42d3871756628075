import type { Assertion } from "../assertions/assertion";
import { step } from "../run/step";
import { lost, unexplained, type Census } from "./census";
import type { Drill } from "./drill";

/** What drills are performed on, one after another. */
export interface Stage {
  /** Everything that holds data now. */
  holding(): Promise<Census>;
  /** Brings it back to where the first drill found it. */
  restore(): Promise<void>;
}

/** What is known of a drill. */
export interface Verdict extends Assertion {
  readonly drill: string;
}

/** Performs drills on one stage, which each finds as the first one did; tells each verdict as soon as it is known. */
export async function runDrills<S extends Stage>(stage: S, drills: readonly Drill<S>[], tell: (verdict: Verdict) => void): Promise<void> {
  for (const drill of drills) {
    const problems = await step(drill.name, () => problemsOf(stage, drill));
    tell({ drill: drill.name, says: `${drill.name}: ${drill.says}`, problems });
    const left = await step("As it was", () => restoring(stage));
    if (left.length === 0) continue;
    tell({ drill: drill.name, says: `after ${drill.name} the scene is as it was`, problems: left });
    // Whatever came next would start from something else.
    return;
  }
}

/** Everything that was told, and what speaks against a run that was stopped: drills that were not performed. */
export function summaryOf(drills: readonly { readonly name: string }[], verdicts: readonly Verdict[]): readonly Assertion[] {
  const missing = drills.filter(({ name }) => !verdicts.some(({ drill }) => drill === name));
  return missing.length === 0 ? verdicts : [...verdicts, { says: "every drill is performed", problems: [`not performed: ${missing.map(({ name }) => name).join(", ")}`] }];
}

async function restoring(stage: Stage): Promise<readonly string[]> {
  try {
    await stage.restore();
    return [];
  } catch (cause) {
    return [cause instanceof Error ? cause.message : String(cause)];
  }
}

/** What speaks against a drill: what it says itself, and what held data and is gone without a documented step. */
async function problemsOf<S extends Stage>(stage: S, drill: Drill<S>): Promise<readonly string[]> {
  const before = await stage.holding();
  const deleted: string[] = [];
  const said: string[] = [];
  try {
    await drill.perform(stage, (names) => deleted.push(...names));
  } catch (cause) {
    said.push(cause instanceof Error ? cause.message : String(cause));
  }
  return [...said, ...unexplained(lost(before, await stage.holding()), deleted)];
}
