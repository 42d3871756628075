import { error, type Finding } from "../../model/finding";
import type { World } from "../../model/resolve";
import { startEdges, type StartEdge } from "../../model/start-order";
import { groupsOf } from "../groups";

/** What must start first must not wait for what comes after it. */
export function startAcyclic(world: World): readonly Finding[] {
  return cyclesIn(startEdges(world)).map((cycle) =>
    error({
      rule: "start-acyclic",
      address: cycle[0]?.from ?? "lab",
      found: `a circle: ${cycle.map(({ from, to, because }) => `${from} waits for ${to} (${because})`).join(", ")}`,
      expected: "an order in which everything can start",
      fix: "Meet one of these needs in another way: other storage, a secret that exists beforehand, another cluster",
    }),
  );
}

/** The circles that a walk along the edges runs into, each once. */
function cyclesIn(edges: readonly StartEdge[]): readonly (readonly StartEdge[])[] {
  const outgoing = groupsOf(edges, ({ from }) => from);
  const done = new Set<string>();
  const path: StartEdge[] = [];
  const cycles = new Map<string, readonly StartEdge[]>();
  const walk = (release: string): void => {
    const start = path.findIndex(({ from }) => from === release);
    if (start >= 0) {
      const cycle = path.slice(start);
      cycles.set(
        cycle
          .map(({ from }) => from)
          .sort()
          .join(" "),
        cycle,
      );
    } else if (!done.has(release)) {
      for (const edge of outgoing.get(release) ?? []) {
        path.push(edge);
        walk(edge.to);
        path.pop();
      }
      done.add(release);
    }
  };
  for (const release of outgoing.keys()) walk(release);
  return [...cycles.values()];
}
