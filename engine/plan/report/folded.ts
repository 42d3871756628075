import type { Consequence } from "../change";
import { isWorse } from "../effect";
import type { Plan, Unit } from "../plan";

/** Units that the same happens to, told once. */
export interface Fold {
  readonly units: readonly Unit[];
  readonly lines: readonly Line[];
}

/** One thing that happens, with every field that brings it about, and every object where the rule has nothing more to say of each. */
export interface Line extends Pick<Consequence, "effect" | "rule" | "says" | "refused" | "opens" | "brings"> {
  readonly objects: readonly string[];
  readonly fields: readonly string[];
}

/** The units of a plan, the gravest first; those that the same happens to, object by object, as one. */
export function folded({ units }: Plan): readonly Fold[] {
  const folds = new Map<string, Unit[]>();
  for (const unit of units) {
    const key = JSON.stringify([unit.how, unit.consequences.map(({ address, ...rest }) => withoutCluster(JSON.stringify(rest), address))]);
    folds.set(key, [...(folds.get(key) ?? []), unit]);
  }
  const all = [...folds.values()].map((same): Fold => ({ units: same, lines: linesOf(same[0]?.consequences ?? []) }));
  return all.sort((one, other) => (isWorse(effectOf(one), effectOf(other)) ? -1 : isWorse(effectOf(other), effectOf(one)) ? 1 : 0));
}

/** The same release on several clusters differs in nothing but the cluster's name. */
const withoutCluster = (text: string, address: string): string => text.replace(new RegExp(`\\b${address.split("/")[0] ?? ""}\\b`, "g"), "·");

export const effectOf = (fold: Fold): Unit["effect"] => fold.units[0]?.effect ?? "nothing";

/** Rules that say the same of every object: their objects are counted rather than told one by one. */
const plain: ReadonlySet<string> = new Set(["created", "applied"]);

function linesOf(consequences: readonly Consequence[]): readonly Line[] {
  const lines = new Map<string, { line: Consequence; objects: string[]; fields: string[] }>();
  for (const consequence of consequences) {
    const { effect, rule, says, object, field, refused, opens, brings } = consequence;
    const key = JSON.stringify([effect, rule, says, refused, opens, brings, plain.has(rule) ? "" : object]);
    const known = lines.get(key) ?? { line: consequence, objects: [], fields: [] };
    if (!known.objects.includes(object)) known.objects.push(object);
    if (field !== undefined && !known.fields.includes(field)) known.fields.push(field);
    lines.set(key, known);
  }
  const told = [...lines.values()].map(({ line, objects, fields }): Line => ({ effect: line.effect, rule: line.rule, says: line.says, objects, fields, ...(line.refused ? { refused: true } : {}), ...(line.opens ? { opens: true } : {}), ...(line.brings ? { brings: true } : {}) }));
  return told.sort((one, other) => (isWorse(one.effect, other.effect) ? -1 : isWorse(other.effect, one.effect) ? 1 : 0));
}
