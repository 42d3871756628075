import { effects, isWorse, worst, type Effect } from "../../../engine/plan/effect";
import type { Plan } from "../../../engine/plan/plan";
import type { Seen } from "./seen";

/** A case's outcome: what the plan said, what was seen, and where it said less. */
export interface Outcome {
  readonly title: string;
  readonly said: Effect;
  readonly seen: Effect;
  /** It was refused, as the plan said: nothing of what it would come to is there to be seen. */
  readonly refused: boolean;
  readonly problems: readonly string[];
}

/**
 * Where a plan said less than what happened, object by object: a lesser effect, or a refusal that it did not name; and a refusal
 * that it named and that did not come, because then something happened which it held to be impossible.
 */
export function compared(title: string, plan: Plan, seen: ReadonlyMap<string, Seen>): Outcome {
  const consequences = plan.units.flatMap((unit) => unit.consequences);
  const problems = [...seen].flatMap(([object, it]) => {
    const own = consequences.filter((consequence) => consequence.object === object);
    const said = worst(own.map(({ effect }) => effect));
    const isRefused = own.some(({ refused }) => refused === true);
    return [
      ...(isWorse(it.effect, said) ? [`${object}: the plan said ${said}, and this was seen: ${it.what.join(", ")} (${it.effect})`] : []),
      ...(it.refused && !isRefused ? [`${object}: it was refused, and the plan did not say so`] : []),
      ...(isRefused && !it.refused ? [`${object}: the plan said that it would be refused, and it was not`] : []),
    ];
  });
  return { title, said: worst(consequences.map(({ effect }) => effect)), seen: worst([...seen.values()].map(({ effect }) => effect)), refused: [...seen.values()].some(({ refused }) => refused), problems };
}

/** One line a failure, how often the plan said more than could be seen, and the sum last. */
export function outcomeLines(outcomes: readonly Outcome[], seconds: number): readonly string[] {
  const failed = outcomes.filter(({ problems }) => problems.length > 0);
  const happened = outcomes.filter(({ refused }) => !refused);
  const more = happened.filter(({ said, seen }) => isWorse(said, seen));
  const counts = effects.map((effect) => `${String(happened.filter(({ seen }) => seen === effect).length)} ${effect}`);
  return [
    ...failed.flatMap(({ title, problems }) => problems.map((problem) => `FAIL ${title}: ${problem}`)),
    `Seen: ${String(outcomes.length - happened.length)} refused, ${counts.join(", ")}`,
    ...more.map(({ title, said, seen }) => `more was said than a control plane shows: ${title} (${said}, seen ${seen})`),
    `${String(outcomes.length)} single changes in ${seconds.toFixed(0)} s`,
    `${String(outcomes.length - failed.length)} passed, ${String(failed.length)} failed`,
  ];
}
