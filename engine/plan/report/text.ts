import type { Acknowledged } from "../acknowledged";
import { trailer } from "../acknowledged";
import type { Plan } from "../plan";
import type { Warnings } from "../warnings";
import { differenceFolds, filesThat } from "./difference-lines";
import { effectOf, folded, type Fold, type Line } from "./folded";
import { summaryOf, type Summary } from "./summary";

/** What is reported, and of what. */
export interface Report {
  readonly lab: string;
  readonly plan: Plan;
  /** What the plan starts from, in words: `3f2a1c0, where this branch left origin/main`. */
  readonly base: string;
  readonly warnings: Warnings;
  readonly acknowledged: Acknowledged;
  /** What the owner should know of the head itself: that its files are not written yet. */
  readonly notes: readonly string[];
}

/** As a terminal shows it: the summary, what happens to each release, what differs. `differences` limits the lines of the last. */
export function textReport(report: Report, { differences }: { readonly differences: number }): string {
  const { plan } = report;
  if (plan.units.length === 0) return `${[heading(report), "Nothing changes.", ...warningLines(report.warnings), ...acknowledgementLines(report.acknowledged)].join("\n")}\n`;
  return `${[
    heading(report),
    ...summaryLines(summaryOf(plan)),
    "",
    ...folded(plan).flatMap(foldLines),
    "",
    ...differenceLines(plan, differences),
    ...warningLines(report.warnings),
    ...acknowledgementLines(report.acknowledged),
  ].join("\n")}\n`;
}

const heading = ({ lab, base, notes }: Report): string => [`${lab}, against ${base}`, ...notes.map((note) => `note: ${note}`)].join("\n");

const SHOWN = 6;
export const some = (names: readonly string[]): string => (names.length <= SHOWN ? names.join(", ") : `${names.slice(0, SHOWN).join(", ")} and ${names.length - SHOWN} more`);

export function summaryLines({ clusters, releases, outside, versions, effects, refused, opens, brings }: Summary): readonly string[] {
  const row = (title: string, value: string) => (value === "" ? [] : [`  ${title.padEnd(14)}${value}`]);
  const counted = Object.entries(releases).filter(([, addresses]) => addresses.length > 0);
  return [
    ...row("clusters", clusters.length ? `${clusters.length} touched (${clusters.join(", ")})` : ""),
    ...counted.flatMap(([how, addresses]) => row(how, `${addresses.length} (${some(addresses)})`)),
    ...row("besides", some(outside)),
    ...versions.slice(0, 12).flatMap(({ image, from, to, addresses }) => row("version", `${image} ${from} → ${to} (${some(addresses)})`)),
    ...(versions.length > 12 ? row("", `… and ${versions.length - 12} more versions`) : []),
    ...effects.toReversed().flatMap(({ effect, addresses }) => row(effect, `${addresses.length} (${some(addresses)})`)),
    ...row("refused", refused ? `${refused}: the sync or the run fails, and somebody has to act` : ""),
    ...row("opens", opens ? `${opens}: roles, policies or privileges allow more than before` : ""),
    ...row("brings", brings ? `${brings}: roles, policies or privileges come with what is new, and open nothing that stood before` : ""),
  ];
}

function foldLines(fold: Fold): readonly string[] {
  const { units, lines } = fold;
  const first = units[0]!;
  const how = first.how === "changed" ? "" : ` (${first.how}${first.from ? ` from ${first.from}` : ""})`;
  return [`${effectOf(fold).padEnd(14)}${some(units.map(({ address }) => address))}${how}`, ...lines.flatMap((line) => lineLines(line))];
}

function lineLines({ objects, fields, says, rule, refused, opens, brings, effect }: Line): readonly string[] {
  const marks = [...(refused ? ["REFUSED"] : []), ...(opens ? ["opens"] : []), ...(brings ? ["brings"] : [])].join(" ");
  return [`  ${effect.padEnd(14)}${objects.length > 3 ? `${objects.length} objects: ` : ""}${some(objects)}${fields.length ? `  ${some(fields)}` : ""}`, `${" ".repeat(16)}${marks ? `${marks}: ` : ""}${says}  (${rule})`];
}

function differenceLines(plan: Plan, most: number): readonly string[] {
  const all = differenceFolds(plan).flatMap(({ files, lines }) => [some(files), ...lines]);
  const [added, removed] = [filesThat("added", plan), filesThat("removed", plan)];
  const counts = [...(added ? [`${added} ${added === 1 ? "file is" : "files are"} added`] : []), ...(removed ? [`${removed} ${removed === 1 ? "file is" : "files are"} removed`] : [])];
  return [...all.slice(0, most), ...(all.length > most ? [`… ${all.length - most} more lines of differences: --diff shows them`] : []), ...counts];
}

/** What synth says anew, and what no more. */
export const warningLines = ({ come, go }: Warnings): readonly string[] =>
  come.length + go.length === 0 ? [] : ["", "Warnings that come and go:", ...go.map((it) => `- ${it}`), ...come.map((it) => `+ ${it}`)];

export function acknowledgementLines({ known, unknown, stale }: Acknowledged): readonly string[] {
  return [
    ...known.map((object) => `acknowledged by a commit: ${object}`),
    ...(unknown.length ? ["", `DATA AT RISK, and no commit says so. Where it is meant, add to the last paragraph of a commit message of this change:`, ...unknown.map((object) => `${trailer}: ${object}`)] : []),
    ...(stale.length ? ["", `ACKNOWLEDGED FOR NOTHING: this change does not put it at risk. Take it out of the commit message:`, ...stale.map((object) => `${trailer}: ${object}`)] : []),
  ];
}
