import { circlesIn, circleWords } from "../../checks/circles";
import { error, type Finding } from "../../model/finding";
import type { StartEdge } from "../../model/start-order";

/**
 * Everything in the lab can start: what objects wait for and what releases wait for make no circle together, over all clusters.
 * Argo CD tries every Application until it succeeds, so that an order that exists is found; where there is none, it tries for ever.
 */
export const startsInOrder = (edges: readonly StartEdge[]): readonly Finding[] =>
  circlesIn(edges).map((circle) =>
    error({
      rule: "starts-in-order",
      address: circle[0]?.from ?? "lab",
      found: circleWords(circle),
      expected: "an order in which everything can start",
      fix: "Let one of them do without: another class, issuer or store, an object less, or a webhook that fails open",
    }),
  );
