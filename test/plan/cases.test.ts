import { worst } from "../../engine/plan/effect";
import { cases } from "../../tools/control-plane/plan/cases";
import { planOfRelease } from "../../tools/control-plane/plan/sides";

/** The same table that a real API server is asked about: npm run e2e:plan. */
describe("each change is what the table says", () => {
  test.each(cases.map((it) => [it.title, it] as const))("%s", (_, { before, after, says, rule, refused, opens }) => {
    const consequences = planOfRelease(before, after).units.flatMap((unit) => unit.consequences);
    expect(worst(consequences.map(({ effect }) => effect))).toBe(says);
    expect(consequences.map((it) => it.rule)).toContain(rule);
    expect(consequences.some((it) => it.refused === true)).toBe(refused === true);
    expect(consequences.some((it) => it.opens === true)).toBe(opens === true);
  });

  test.each(cases.map((it) => [it.title, it] as const))("and nothing of it when nothing changes: %s", (_, { before, after }) => {
    expect(planOfRelease(before, before).units).toEqual([]);
    expect(planOfRelease(after, after).units).toEqual([]);
  });

  test("titles tell cases apart", () => {
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });
});
