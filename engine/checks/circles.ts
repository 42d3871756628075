import type { StartEdge } from "../model/start-order";
import { groupsOf } from "./groups";

/** The circles that a walk along the edges runs into, each once. */
export function circlesIn(edges: readonly StartEdge[]): readonly (readonly StartEdge[])[] {
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

/** A circle, each step with its reason: what is printed is enough to see where it can be cut. */
export const circleWords = (circle: readonly StartEdge[]): string => `a circle: ${circle.map(({ from, to, because }) => `${from} waits for ${to} (${because})`).join(", ")}`;
