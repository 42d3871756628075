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
    const key = JSON.stringify([unit.how, unit.consequences.map(likeness)]);
    folds.set(key, [...(folds.get(key) ?? []), unit]);
  }
  const all = [...folds.values()].map((same): Fold => ({ units: same, lines: linesOf([...(same[0]?.consequences ?? []), ...same.slice(1).flatMap(({ consequences }) => consequences.filter(isOfItself))]) }));
  return all.sort((one, other) => (isWorse(effectOf(one), effectOf(other)) ? -1 : isWorse(effectOf(other), effectOf(one)) ? 1 : 0));
}

/** The same release on several clusters differs in nothing but the cluster's name; Applications and machines that the same happens to, in their own. */
function likeness({ address, ...rest }: Consequence): string {
  const [cluster = "", name = ""] = address.split("/");
  const text = JSON.stringify(rest);
  return without(isOfItself(rest) ? without(text, name) : text, cluster);
}

const without = (text: string, name: string): string => (name === "" ? text : text.replace(new RegExp(`\\b${name}\\b`, "g"), "·"));

/** Of a whole unit, and not of one of its objects: those are the same in all units of a fold. */
const isOfItself = ({ rule }: Pick<Consequence, "rule">): boolean => rule === "application" || rule === "machine";

export const effectOf = (fold: Fold): Unit["effect"] => fold.units[0]?.effect ?? "nothing";

/** What is said of one object is told with all its fields; what is said alike of several, and nobody has to act upon object by object, once. */
function linesOf(consequences: readonly Consequence[]): readonly Line[] {
  const byObject = merged(consequences.map(lineOf), ({ objects, fields: _fields, ...rest }) => JSON.stringify([objects, rest]));
  const told = merged(byObject, (line, index) => (isCounted(line) ? JSON.stringify({ ...line, objects: [] }) : String(index)));
  return told.sort((one, other) => (isWorse(one.effect, other.effect) ? -1 : isWorse(other.effect, one.effect) ? 1 : 0));
}

const lineOf = ({ effect, rule, says, object, field, refused, opens, brings }: Consequence): Line => ({ effect, rule, says, objects: [object], fields: field === undefined ? [] : [field], ...(refused ? { refused } : {}), ...(opens ? { opens } : {}), ...(brings ? { brings } : {}) });

const isCounted = (line: Line): boolean => isOfItself(line) || (!line.refused && !isWorse(line.effect, "recreate"));

/** Lines with the same key as one, with the objects and the fields of all. */
function merged(lines: readonly Line[], keyOf: (line: Line, index: number) => string): Line[] {
  const kept = new Map<string, Line>();
  lines.forEach((line, index) => {
    const key = keyOf(line, index);
    const known = kept.get(key);
    kept.set(key, known ? { ...known, objects: [...new Set([...known.objects, ...line.objects])], fields: [...new Set([...known.fields, ...line.fields])] } : line);
  });
  return [...kept.values()];
}
