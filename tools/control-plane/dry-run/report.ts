import { describeObject } from "../kubernetes/object";
import { groups } from "../manifests/groups";
import type { Manifest } from "../manifests/manifest";

/** What the API server said of one object. */
export interface Verdict {
  readonly manifest: Manifest;
  /** Why it was refused; undefined where it was accepted. */
  readonly refusal?: string;
  readonly warnings: readonly string[];
}

/** What is said of a dry run besides the verdicts. */
export interface DryRunSummary {
  readonly kubernetesVersion: string;
  readonly namespaces: number;
  readonly definitions: number;
  /** For a kind whose definition is not in dist/: where it came from instead. */
  readonly substitutes: ReadonlyMap<string, string>;
  readonly verdicts: readonly Verdict[];
  readonly seconds: number;
}

const SHOWN = 40;

/** The report as lines, the failures first and the sum last. */
export function reportLines({ kubernetesVersion, namespaces, definitions, substitutes, verdicts, seconds }: DryRunSummary): readonly string[] {
  const refused = verdicts.filter(({ refusal }) => refusal !== undefined);
  const warnings = [...new Set(verdicts.flatMap((verdict) => verdict.warnings))].sort();
  return [
    ...refused.slice(0, SHOWN).map(({ manifest, refusal }) => `FAIL ${manifest.file} (${describeObject(manifest.object)}): ${refusal ?? ""}`),
    ...(refused.length > SHOWN ? [`… and ${String(refused.length - SHOWN)} more`] : []),
    ...warnings.slice(0, SHOWN).map((warning) => `warning: ${warning}`),
    ...substituteLines(substitutes),
    ...countsByPlace(verdicts),
    `Kubernetes ${kubernetesVersion}: ${String(definitions)} custom resource definitions and ${String(namespaces)} namespaces made, ${String(verdicts.length)} objects applied, strict, dry run, in ${seconds.toFixed(0)} s`,
    `${String(verdicts.length - refused.length)} passed, ${String(refused.length)} failed`,
  ];
}

function substituteLines(substitutes: ReadonlyMap<string, string>): readonly string[] {
  const bySource = groups(substitutes, ([, source]) => source);
  return [...bySource].map(([source, kinds]) => `not in dist/, so ${source} was used: ${kinds.map(([kind]) => kind).join(", ")}`);
}

function countsByPlace(verdicts: readonly Verdict[]): readonly string[] {
  const places = groups(verdicts, ({ manifest }) => manifest.file.startsWith("argocd/") ? "argocd" : manifest.file.split("/").slice(0, 2).join("/"));
  return [...places].map(([place, all]) => `${place}: ${String(all.length)} objects`);
}
