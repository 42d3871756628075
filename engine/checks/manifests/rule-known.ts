import { askedMetrics } from "../../model/asked-metrics";
import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Rule } from "../../model/needs";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { seriesOf } from "../../model/series";
import { expressionOf } from "../promql/expression";
import { queriesIn } from "../promql/queries";
import { labelsOn } from "../promql/served";
import { problemsOf } from "../releases/label-known";
import { arrayOf } from "./violations";

/** Rules that an app writes itself, or that a patch changed, ask for metrics and labels that are there, as those that are declared do. */
export const ruleKnown = (built: readonly Built[], world: World): readonly Finding[] =>
  built.flatMap(({ release, manifests }) => {
    const written = manifests.filter(({ kind }) => kind === "PrometheusRule");
    if (written.length === 0 || !release.cluster.provides.metrics || isAsDeclared(release, written)) return [];
    const declared = new Set((release.needs.watches?.rules ?? []).flatMap(({ rules }) => rules.map(keyOf)));
    const others = written.map((manifest) => ({ manifest, rules: rulesIn(manifest).filter((rule) => !declared.has(keyOf(rule))) })).filter(({ rules }) => rules.length > 0);
    return others.length ? judged(release, others, world.releasesOn(release.cluster)) : [];
  });

/** As many as were declared, and none of them patched: those are judged where they are declared. */
const isAsDeclared = ({ needs, placement }: Release, written: readonly Manifest[]): boolean =>
  !placement.patch.some(({ of }) => of.startsWith("PrometheusRule/")) &&
  written.reduce((sum, manifest) => sum + arrayOf(fieldOf(manifest, "spec", "groups")).reduce<number>((count, group) => count + arrayOf(fieldOf(group, "rules")).length, 0), 0) ===
    (needs.watches?.rules ?? []).reduce((sum, { rules }) => sum + rules.length, 0);

interface Written {
  readonly manifest: Manifest;
  readonly rules: readonly Rule[];
}

const keyOf = (rule: Rule): string => ("alert" in rule ? `${rule.alert}\n${rule.expr}\n${rule.summary}\n${rule.description}` : `${rule.record}\n${rule.expr}`);

const rulesIn = (manifest: Manifest): readonly Rule[] =>
  arrayOf(fieldOf(manifest, "spec", "groups")).flatMap((group) => arrayOf(fieldOf(group, "rules"))).map((rule): Rule => {
    const text = (...path: readonly string[]) => String(fieldOf(rule, ...path) ?? "");
    return fieldOf(rule, "record") === undefined ? { alert: text("alert"), expr: text("expr"), severity: "info", summary: text("annotations", "summary"), description: text("annotations", "description") } : { record: text("record"), expr: text("expr") };
  });

function judged(release: Release, written: readonly Written[], releases: readonly Release[]): readonly Finding[] {
  const recorded = written.flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule.record] : [])));
  const served = new Set([...releases.flatMap(({ needs }) => seriesOf(needs.watches)), ...recorded]);
  const labelsOf = labelsOn(releases);
  return written.flatMap(({ manifest, rules }) =>
    queriesIn({ watches: { rules: [{ name: "", rules }] } }).flatMap(([what, queries]) =>
      queries.flatMap((query): readonly Finding[] => {
        const problems = problemsOf(query, labelsOf, expressionOf);
        if (typeof problems === "string") return [report(release, manifest, `${what} is no PromQL: ${problems}`)];
        const unknown = askedMetrics(query.text).filter((metric) => !served.has(metric));
        const asked = unknown.length ? unknown : recorded.length ? [] : problems;
        return asked.length ? [report(release, manifest, `${what} asks for ${asked.join(", ")}`)] : [];
      }),
    ),
  );
}

const report = ({ address, cluster }: Release, manifest: Manifest, what: string): Finding =>
  error({
    rule: "rule-known",
    address,
    found: `${objectName(manifest)}: ${what}`,
    expected: `metrics that something on ${cluster.name} serves, and labels that they have`,
    fix: "Correct it where it is written or patched, or declare what serves it in `series`",
  });
