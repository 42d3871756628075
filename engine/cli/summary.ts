import type { Written } from "../emit/disk";
import type { Tally } from "../model/built";
import type { Finding } from "../model/finding";
import type { Lab } from "../model/lab";
import type { World } from "../model/resolve";

/** What a run did, in numbers. */
export interface Counts {
  readonly clusters: number;
  readonly releases: number;
  readonly objects: number;
  readonly files: number;
  readonly unchanged: number;
  readonly added: number;
  readonly changed: number;
  readonly pruned: number;
  /** Safe defaults that some pod is exempt from, each with its reason. */
  readonly exemptions: number;
  /** Releases whose guards only observe. */
  readonly observed: readonly string[];
  readonly warnings: number;
}

export function countsOf(world: World, { objects, exemptions }: Tally, written: Written, findings: readonly Finding[]): Counts {
  return {
    clusters: world.lab.clusters.length,
    releases: world.releases.length,
    objects,
    files: written.added.length + written.changed.length + written.unchanged,
    unchanged: written.unchanged,
    added: written.added.length,
    changed: written.changed.length,
    pruned: written.pruned.length,
    exemptions,
    observed: world.releases.filter(({ placement }) => placement.enforcement === "observe").map(({ address }) => address),
    warnings: findings.filter((finding) => finding.severity === "warning").length,
  };
}

/** One screen. `seconds` is left out where nothing had to run. */
export function renderSummary(lab: Lab, counts: Counts, seconds: number | undefined): string {
  const rows: readonly (readonly [string, string])[] = [
    ["clusters", `${counts.clusters} (${lab.clusters.map((cluster) => cluster.name).join(", ")})`],
    ["releases", String(counts.releases)],
    ["objects", String(counts.objects)],
    ["files", `${counts.files}: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.pruned} pruned`],
    ["exemptions", `${counts.exemptions}, each with its reason in the YAML`],
    ["observed only", counts.observed.length ? counts.observed.join(", ") : "none"],
    ["warnings", String(counts.warnings)],
    ["time", seconds === undefined ? "nothing had changed" : `${seconds.toFixed(2)} s`],
  ];
  return `${lab.name}\n${rows.map(([name, value]) => `  ${name.padEnd(14)}${value}`).join("\n")}\n`;
}

/** Which committed files differ from what the lab says, for people and for CI. */
export function renderDifference(written: Written): string {
  const section = (title: string, paths: readonly string[]) => (paths.length ? [`${title} (${paths.length})`, ...paths.slice(0, 20).map((path) => `  ${path}`), ...(paths.length > 20 ? [`  … and ${paths.length - 20} more`] : [])] : []);
  return `${[
    "What is committed is not what the lab says.",
    ...section("would be added", written.added),
    ...section("would change", written.changed),
    ...section("would be pruned", written.pruned),
    "Run: npm run synth, look at the difference, and commit both.",
  ].join("\n")}\n`;
}
