import type { Assertion } from "../assertions/assertion";
import { step } from "../run/step";
import { lost, statefulObjects, unexplained } from "./census";
import type { Drill } from "./drill";
import type { Scene } from "./scene";

/** Performs drills one after another on one scene, which each finds as the first one did. */
export async function runDrills(scene: Scene, drills: readonly Drill[]): Promise<readonly Assertion[]> {
  const assertions: Assertion[] = [];
  for (const drill of drills) {
    const problems = await step(drill.name, () => problemsOf(scene, drill));
    assertions.push({ says: `${drill.name}: ${drill.says}`, problems });
    const left = await step("As it was", () => restoring(scene));
    if (left.length === 0) continue;
    // Whatever came next would start from something else.
    assertions.push({ says: `after ${drill.name} the scene is as it was, and the drills that follow can be performed`, problems: left });
    break;
  }
  return assertions;
}

async function restoring(scene: Scene): Promise<readonly string[]> {
  try {
    await scene.restore();
    return [];
  } catch (cause) {
    return [cause instanceof Error ? cause.message : String(cause)];
  }
}

/** What speaks against a drill: what it says itself, and what held data and is gone without a documented step. */
async function problemsOf(scene: Scene, drill: Drill): Promise<readonly string[]> {
  const { clusters } = scene.lab;
  const before = await statefulObjects(clusters);
  const deleted: string[] = [];
  const said: string[] = [];
  try {
    await drill.perform(scene, (names) => deleted.push(...names));
  } catch (cause) {
    said.push(cause instanceof Error ? cause.message : String(cause));
  }
  return [...said, ...unexplained(lost(before, await statefulObjects(clusters)), deleted)];
}
