import type { PodSet } from "./pods";

/** Whom pods must find in their place before they can stand there, and how far down such a row of pods they are; those who demand nobody are not in it. */
export type Company = ReadonlyMap<PodSet, { readonly before: readonly PodSet[]; readonly depth: number }>;

/** Pods that demand the likes of themselves can begin anywhere: only demands of others make an order. */
export function companyOf(sets: readonly PodSet[]): Company {
  const demanding = [...new Set(sets)].filter(({ rules }) => rules.beside.length > 0);
  if (demanding.length === 0) return nobody;
  const demanded = new Map(demanding.map((set) => [set, sets.filter((other) => other !== set && set.rules.beside.some((it) => !it.takes(set) && it.takes(other)))]));
  // Two that wait for each other never come to stand; the walk ends there all the same.
  const rowOf = (set: PodSet, above: readonly PodSet[]): readonly (readonly [PodSet, number])[] =>
    above.includes(set) ? [] : (demanded.get(set) ?? []).flatMap((other) => [[other, above.length + 1] as const, ...rowOf(other, [...above, set])]);
  return new Map(
    demanding.map((set) => {
      const row = rowOf(set, []);
      return [set, { before: [...new Set(row.map(([other]) => other))], depth: Math.max(0, ...row.map(([, depth]) => depth)) }];
    }),
  );
}

const nobody: Company = new Map();

/** Of pods that stand together, the furthest down. */
export const depthIn = (company: Company, unit: readonly PodSet[]): number => (company.size === 0 ? 0 : Math.max(...unit.map((set) => company.get(set)?.depth ?? 0)));
