/** A step of a document that a run performs: its heading is marked with ▸. */
export interface DocumentedStep {
  readonly title: string;
  /** The lines of each of its blocks of shell code, without empty ones and with continued lines joined. */
  readonly blocks: readonly (readonly string[])[];
}

/** The marked steps of a document that have shell code. */
export function documentedSteps(markdown: string): readonly DocumentedStep[] {
  const sections = markdown.split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const title = section.split("\n", 1)[0] ?? "";
    const blocks = [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, code = ""]) => code.replaceAll("\\\n", " ").split("\n").filter((line) => line.trim() !== ""));
    return title.includes("▸") && blocks.length > 0 ? [{ title: title.replace(/^[\d.]*\s*▸\s*/, "").trim(), blocks }] : [];
  });
}

/** The step whose title starts with some words; throws where the document has none, because it is then not what is tested. */
export function documentedStep(markdown: string, words: string, document = "docs/bootstrap.md"): DocumentedStep {
  const step = documentedSteps(markdown).find(({ title }) => title.startsWith(words));
  if (step === undefined) throw new Error(`${document} has no step "▸ ${words} …" with shell code`);
  return step;
}

/** Shell code written for clusters of the default lab, or with other examples: `clusters` has what to put in whose place. */
export function forClusters(lines: readonly string[], clusters: Readonly<Record<string, string>>): readonly string[] {
  const written = new RegExp(`\\b(kind-)?(${Object.keys(clusters).join("|")})\\b`, "g");
  return lines.map((line) => line.replaceAll(written, (_, kind: string | undefined, name: string) => `${kind ?? ""}${clusters[name] ?? name}`));
}
