import type { Census } from "../../../tools/control-plane/drills/census";
import type { Drill } from "../../../tools/control-plane/drills/drill";
import { runDrills, summaryOf, type Stage, type Verdict } from "../../../tools/control-plane/drills/run-drills";

const CLAIM = "spoke: PersistentVolumeClaim notes/data";

/** A stage that holds one claim, until something deletes it. */
class OneClaim implements Stage {
  readonly objects = new Map([["spoke: Namespace notes", "1"], [CLAIM, "2"]]);

  constructor(readonly restore: () => Promise<void> = async () => undefined) {}

  holding = async (): Promise<Census> => new Map(this.objects);
}

const quiet: Drill<OneClaim> = { name: "quiet", says: "nothing happens", perform: async () => undefined };
const claimGoes: Drill<OneClaim> = { name: "claim-goes", says: "a claim goes", perform: async ({ objects }) => void objects.delete(CLAIM) };
const documented: Drill<OneClaim> = { name: "documented", says: "a claim goes, as documented", perform: async ({ objects }, deleted) => (deleted([CLAIM]), void objects.delete(CLAIM)) };
const complains: Drill<OneClaim> = { name: "complains", says: "it goes well", perform: () => Promise.reject(new Error("it did not")) };

async function verdictsOf(stage: OneClaim, ...drills: readonly Drill<OneClaim>[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  await runDrills(stage, drills, (verdict) => verdicts.push(verdict));
  return verdicts;
}

const problemsOf = async (drill: Drill<OneClaim>): Promise<readonly string[]> => (await verdictsOf(new OneClaim(), drill)).flatMap(({ problems }) => problems);

test("a drill in which nothing goes passes", async () => expect(await problemsOf(quiet)).toEqual([]));

test("what held data and is gone without a word fails a drill that says nothing itself", async () => expect(await problemsOf(claimGoes)).toEqual([`${CLAIM} is gone`]));

test("what a documented step has deleted may be gone", async () => expect(await problemsOf(documented)).toEqual([]));

test("what a drill complains of is its verdict, and the next one is performed", async () => {
  const verdicts = await verdictsOf(new OneClaim(), complains, quiet);
  expect(verdicts.map(({ drill, problems }) => [drill, problems])).toEqual([["complains", ["it did not"]], ["quiet", []]]);
});

test("a verdict is told before the next drill begins", async () => {
  const told: string[] = [];
  const looksBack: Drill<OneClaim> = { name: "looks-back", says: "it is told", perform: async () => void expect(told).toEqual(["quiet"]) };
  await runDrills(new OneClaim(), [quiet, looksBack], ({ drill, problems }) => {
    told.push(drill);
    expect(problems).toEqual([]);
  });
  expect(told).toEqual(["quiet", "looks-back"]);
});

test("nothing is performed on a scene that is not as it was, and what was not is told", async () => {
  const verdicts = await verdictsOf(new OneClaim(() => Promise.reject(new Error("hello is still there"))), quiet, complains);
  expect(verdicts.map(({ says }) => says)).toEqual(["quiet: nothing happens", "after quiet the scene is as it was"]);
  expect(summaryOf([quiet, complains], verdicts).flatMap(({ problems }) => problems)).toEqual(["hello is still there", "not performed: complains"]);
});

test("a whole run has nothing to add to its verdicts", async () => {
  const verdicts = await verdictsOf(new OneClaim(), quiet);
  expect(summaryOf([quiet], verdicts)).toEqual(verdicts);
});
