import { differenceFolds, filesThat } from "./difference-lines";
import { effectOf, folded, type Fold, type Line } from "./folded";
import { summaryOf } from "./summary";
import { acknowledgementLines, some, summaryLines, warningLines, type Report } from "./text";

/** GitHub and GitLab cut a comment at 65,536 and 1,000,000 characters: differences are left out where they would not fit. */
const LONGEST = 60_000;

/** For a merge request: the summary and what happens in sight, what differs folded away. */
export function markdownReport(report: Report): string {
  const { lab, base, notes, plan, warnings, acknowledged } = report;
  const warned = fenced("diff", warningLines(warnings).slice(1));
  const worst = folded(plan)[0];
  const head = [`### ${lab}: ${worst ? effectOf(worst) : "nothing changes"}`, "", `Against ${base}.`, ...notes.map((note) => `> ${note}`), ""];
  if (plan.units.length === 0) return `${[...head, ...warned, ...fenced("", acknowledgementLines(acknowledged))].join("\n")}\n`;
  const told = [...head, ...fenced("", summaryLines(summaryOf(plan))), ...warned, ...fenced("", acknowledgementLines(acknowledged))];
  const blocks = folded(plan).map(foldBlock);
  const differences = details("What differs", fenced("diff", differenceFolds(plan).flatMap(({ files, lines }) => [`# ${some(files)}`, ...lines])));
  const counts = [`${filesThat("added", plan)} files are added, ${filesThat("removed", plan)} removed.`];
  const whole = [...told, ...blocks.flat(), ...differences, ...counts].join("\n");
  if (whole.length <= LONGEST) return `${whole}\n`;
  const room = LONGEST - [...told, ...counts].join("\n").length - 200;
  const fitting = blocks.filter((_, index) => blocks.slice(0, index + 1).flat().join("\n").length <= room);
  const left = blocks.length - fitting.length;
  const cut = [...(left ? [`${left} more that something happens to: \`npm run plan\` shows them.`] : []), "What differs is too long for a comment: `npm run plan -- --diff` shows it."];
  return `${[...told, ...fitting.flat(), ...counts, ...cut].join("\n")}\n`;
}

function foldBlock(fold: Fold): readonly string[] {
  const first = fold.units[0]!;
  const how = first.how === "changed" ? "" : ` (${first.how}${first.from ? ` from ${first.from}` : ""})`;
  const title = `<b>${effectOf(fold)}</b>: ${some(fold.units.map(({ address }) => address))}${how}`;
  return details(title, fold.lines.map(item), ["outage", "data at risk"].includes(effectOf(fold)));
}

const item = ({ effect, objects, fields, says, rule, refused, opens, brings }: Line): string =>
  `- **${effect}** ${objects.length > 3 ? `${objects.length} objects: ` : ""}${some(objects)}${fields.length ? ` \`${some(fields)}\`` : ""}: ${refused ? "**refused**: " : ""}${opens ? "**opens**: " : ""}${brings ? "**brings**: " : ""}${says} _(${rule})_`;

const details = (title: string, lines: readonly string[], open = false): readonly string[] => (lines.length ? [`<details${open ? " open" : ""}><summary>${title}</summary>`, "", ...lines, "", "</details>", ""] : []);

/** A fence that is longer than any in the text: a ConfigMap may hold Markdown. */
function fenced(language: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence, ""];
}
