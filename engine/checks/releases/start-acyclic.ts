import { error, type Finding } from "../../model/finding";
import type { World } from "../../model/resolve";
import { circlesIn, circleWords } from "../circles";

/** What must start first must not wait for what comes after it. */
export function startAcyclic(world: World): readonly Finding[] {
  return circlesIn(world.startEdges()).map((circle) =>
    error({
      rule: "start-acyclic",
      address: circle[0]?.from ?? "lab",
      found: circleWords(circle),
      expected: "an order in which everything can start",
      fix: "Meet one of these needs in another way: other storage, a secret that exists beforehand, another cluster",
    }),
  );
}
