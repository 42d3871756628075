/** A step of docs/bootstrap.md that the run performs: its heading is marked with ▸. */
export interface DocumentedStep {
  readonly title: string;
  /** The lines of its shell code, without comments of their own and with continued lines joined. */
  readonly lines: readonly string[];
}

/** The marked steps of a document, each with its first block of shell code. */
export function documentedSteps(markdown: string): readonly DocumentedStep[] {
  const sections = markdown.split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const title = section.split("\n", 1)[0] ?? "";
    const code = /^```sh\n(.*?)^```/ms.exec(section)?.[1];
    if (!title.includes("▸") || code === undefined) return [];
    return [{ title: title.replace(/^[\d.]*\s*▸\s*/, "").trim(), lines: code.replaceAll("\\\n", " ").split("\n").filter((line) => line.trim() !== "") }];
  });
}

/** The step whose title starts with some words; throws where the document has none, because it is then not what is tested. */
export function documentedStep(markdown: string, words: string): DocumentedStep {
  const step = documentedSteps(markdown).find(({ title }) => title.startsWith(words));
  if (step === undefined) throw new Error(`docs/bootstrap.md has no step "▸ ${words} …" with shell code`);
  return step;
}

/** Shell code written for one cluster of the default lab, for another cluster. */
export function forCluster(lines: readonly string[], written: string, cluster: string): readonly string[] {
  return lines.map((line) => line.replaceAll(new RegExp(`\\b(kind-)?${written}\\b`, "g"), (_, kind: string | undefined) => `${kind ?? ""}${cluster}`));
}
