import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Rule, RuleGroup } from "../../engine/model/needs";
import { programPath } from "../../tools/programs";

export type Labels = Readonly<Record<string, string>>;

/** One thing that rules should say of some series, which start at 0 and have a sample a minute. */
export interface Case {
  /** A sentence: `a disk with 4% left is full`. */
  readonly says: string;
  readonly alert: string;
  /** Series and their values in promtool's notation: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series */
  readonly series: Labels;
  /** When it is asked, such as `30m`. */
  readonly at: string;
  /** The labels of each alert that fires then, without its name; none where it stays quiet. */
  readonly fires?: readonly Labels[];
}

/** What promtool has against these rules, or "" where it has nothing. */
export const checkRules = (groups: readonly RuleGroup[]): string =>
  inFiles({ "rules.yaml": rulesFile(groups.map((group) => ({ ...group, rules: group.rules.map(promRule) }))) }, (directory) => failureOf("promtool", ["check", "rules", "--lint=all", "--lint-fatal", "rules.yaml"], directory));

/** Where a case is not as the rules have it, what promtool saw instead; "" where it is. */
export function failedCase(groups: readonly RuleGroup[], { alert, series, at, fires = [] }: Case): string {
  // Annotations would have to be repeated in each case, word by word.
  const silent = groups.map((group) => ({ ...group, rules: group.rules.map((rule) => ({ ...promRule(rule), annotations: undefined })) }));
  const test = {
    rule_files: ["rules.yaml"],
    evaluation_interval: "1m",
    tests: [
      {
        interval: "1m",
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: [{ eval_time: at, alertname: alert, exp_alerts: fires.map((labels) => ({ exp_labels: labels })) }],
      },
    ],
  };
  return inFiles({ "rules.yaml": rulesFile(silent), "test.yaml": JSON.stringify(test) }, (directory) => failureOf("promtool", ["test", "rules", "test.yaml"], directory));
}

/** A rule as Prometheus reads it from a file. */
const promRule = (rule: Rule) =>
  "record" in rule
    ? { record: rule.record, expr: rule.expr }
    : {
        alert: rule.alert,
        expr: rule.expr,
        ...(rule.for ? { for: rule.for } : {}),
        labels: { severity: rule.severity },
        annotations: { summary: rule.summary, description: rule.description },
      };

/** JSON is YAML: https://yaml.org/spec/1.2.2/#chapter-1-introduction-to-yaml */
const rulesFile = (groups: readonly unknown[]): string => JSON.stringify({ groups });

function inFiles<T>(files: Labels, use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "hearth-rules-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What a program complains of, or "" where it is content. */
function failureOf(program: "promtool", args: readonly string[], directory: string): string {
  const { status, stdout, stderr, error } = spawnSync(programPath(program), args, { cwd: directory, encoding: "utf8" });
  if (error) throw error;
  return status === 0 ? "" : `${stdout}${stderr}`;
}
