import { join } from "node:path";
import { recover, writeTree } from "../../engine/emit/disk";
import { type Failure, failingFiles } from "./failing-files";
import { refusalOf } from "./refusal-of";
import { generated, put, scratch, standing } from "./scratch";

const directory = scratch();
const options = { ownedDirs: ["dist", "argocd"] };
const same = { "dist/a/same.yaml": "same" };
const oldTree = generated({ ...same, "dist/a/changes.yaml": "old", "dist/b/changes.yaml": "old", "dist/c/changes.yaml": "old", "dist/gone/deep/stale.yaml": "stale", "argocd/set.yaml": "old" });
const newTree = generated({ ...same, "dist/a/changes.yaml": "new", "dist/b/changes.yaml": "new", "dist/c/changes.yaml": "new", "dist/new/deep/one.yaml": "one", "dist/new/two.yaml": "two", "argocd/set.yaml": "new" });

/** A root that holds the old tree and a file that is not ours. */
function oldRoot(): string {
  const root = directory();
  writeTree(root, oldTree, options);
  put(root, { "dist/gone/notes.md": "mine" });
  return root;
}

/** A root in which writing the new tree over the old one failed at a step; undefined where it took fewer steps. */
function failedRoot(step: number, failure: Failure): string | undefined {
  const root = oldRoot();
  const files = failingFiles(root, step, failure);
  try {
    writeTree(root, newTree, { ...options, files });
  } catch (stopped) {
    if (!files.hasFailed()) throw stopped;
  }
  return files.hasFailed() ? root : undefined;
}

let oldOutput = {};
let newOutput = {};
beforeAll(() => {
  const root = oldRoot();
  oldOutput = standing(root);
  writeTree(root, newTree, options);
  newOutput = standing(root);
});

test.each<Failure>(["killed", "torn"])("a write %s at any step is undone or finished by the next command", (failure) => {
  const outcomes: string[] = [];
  for (let step = 0, root = failedRoot(step, failure); root !== undefined; root = failedRoot(++step, failure)) {
    outcomes.push(recover(root));
    expect([step, standing(root)]).toEqual([step, outcomes.at(-1) === "finished" ? newOutput : oldOutput]);
    expect(recover(root)).toBe("nothing");
  }
  // Nothing is there to undo before the journal stands; after that, one rename parts what is undone from what is finished.
  expect(outcomes.join(" ")).toMatch(/^(nothing )+(undone )+finished( finished){8,}$/);
});

test("a recovery that is killed at any step is carried on by the next one", () => {
  let recoveries = 0;
  for (let step = 0; failedRoot(step, "killed") !== undefined; step++) {
    for (let again = 0, failed = true; failed; again++) {
      const root = failedRoot(step, "torn")!;
      const files = failingFiles(root, again, "killed");
      const first = outcomeOf(() => recover(root, files));
      failed = files.hasFailed();
      const second = recover(root);
      expect([step, again, standing(root)]).toEqual([step, again, [first, second].includes("finished") ? newOutput : oldOutput]);
      recoveries++;
    }
  }
  expect(recoveries).toBeGreaterThan(100);
});

function outcomeOf(action: () => string): string {
  try {
    return action();
  } catch {
    return "killed";
  }
}

test("a step that the disk refuses leaves all as it was, or to be finished by the next command", () => {
  for (let step = 0, root = failedRoot(step, "full"); root !== undefined; root = failedRoot(++step, "full")) {
    const left = standing(root);
    const recovered = recover(root);
    expect([step, recovered === "nothing" ? left : standing(root)]).toEqual([step, recovered === "nothing" ? oldOutput : newOutput]);
  }
});

test("the next write recovers first, and then writes what it was asked to", () => {
  for (let step = 0, root = failedRoot(step, "torn"); root !== undefined; root = failedRoot(++step, "torn")) {
    writeTree(root, newTree, options);
    expect([step, standing(root)]).toEqual([step, newOutput]);
  }
});

test("a check of interrupted output says so and changes nothing", () => {
  const roots = [5, 12].map((step) => failedRoot(step, "killed")!);
  for (const root of roots) {
    const before = standing(root);
    expect(refusalOf(() => writeTree(root, newTree, { ...options, check: true })).findings[0]?.found).toMatch(/interrupted/);
    expect(standing(root)).toEqual(before);
  }
});

test("recovery leaves alone what became someone else's after the kill", () => {
  const steps = [...Array(30).keys()];
  const step = steps.find((it) => recover(failedRoot(it, "killed")!) === "finished")!;
  const root = failedRoot(step, "killed")!;
  put(root, { "dist/b/changes.yaml": "mine now", "dist/gone/deep/stale.yaml": "mine now" });
  expect(recover(root)).toBe("finished");
  expect(standing(root)).toMatchObject({ "dist/b/changes.yaml": "mine now", "dist/gone/deep/stale.yaml": "mine now", "argocd/set.yaml": newTree.get("argocd/set.yaml") });

  const undone = failedRoot(step - 1, "killed")!;
  put(undone, { "dist/new/two.yaml": "mine now" });
  expect(recover(undone)).toBe("undone");
  expect(standing(undone)).toMatchObject({ "dist/new/two.yaml": "mine now", "argocd/set.yaml": oldTree.get("argocd/set.yaml") });
});

test.each([
  ["paths out of the root", JSON.stringify({ adds: [], writes: [], prunes: ["../victim.yaml"], directories: [] })],
  ["nothing readable", "{"],
])("a journal with %s is refused, and nothing is done", (_, journal) => {
  const parent = directory();
  put(parent, { "victim.yaml": oldTree.get("argocd/set.yaml")!, "out/.hearth-journal.prepared": journal });
  const before = standing(parent);
  expect(refusalOf(() => recover(join(parent, "out"))).findings[0]).toMatchObject({ address: ".hearth-journal.prepared" });
  expect(standing(parent)).toEqual(before);
});

test("there is nothing to recover in a root that does not exist", () => {
  expect(recover(join(directory(), "none"))).toBe("nothing");
});
