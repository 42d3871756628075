import type { Plan } from "./plan";

/** The git trailer by which a commit says that its author knows what may be lost: `Data-at-risk: forge/ollama PersistentVolumeClaim ollama/models`. */
export const trailer = "Data-at-risk";

/** What a change puts at risk, and what its commits say of that. */
export interface Acknowledged {
  /** Named by a commit, and at risk. */
  readonly known: readonly string[];
  /** At risk, and named by none. */
  readonly unknown: readonly string[];
  /** Named by a commit, and not at risk. */
  readonly stale: readonly string[];
}

/** `forge/ollama PersistentVolumeClaim ollama/models`: an object as a trailer names it. */
export const atRisk = ({ units }: Plan): readonly string[] => [
  ...new Set(units.flatMap(({ consequences }) => consequences.filter(({ effect }) => effect === "data at risk").map(({ address, object }) => `${address} ${object}`))),
];

/** Compares, object by object: an acknowledgement covers exactly what it names. */
export function acknowledged(plan: Plan, trailers: readonly string[]): Acknowledged {
  const risks = atRisk(plan);
  const named = new Set(trailers.map((it) => it.trim().replace(/\s+/g, " ")).filter((it) => it !== ""));
  return {
    known: risks.filter((it) => named.has(it)),
    unknown: risks.filter((it) => !named.has(it)),
    stale: [...named].filter((it) => !risks.includes(it)),
  };
}
