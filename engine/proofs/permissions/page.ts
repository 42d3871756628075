import { groupsOf } from "../../checks/groups";
import { dangersOf, over, reasonFor, ruleOf, type Rule } from "../../checks/manifests/rbac-least";
import { arrayOf } from "../../checks/manifests/violations";
import { documentedAnnotation } from "../../model/because";
import type { Manifest } from "../../model/manifest";

/** One permission of one role. */
interface Granted {
  /** The folder that brings it: a release's name, or `argocd-manager`. */
  readonly by: string;
  readonly role: Manifest;
  readonly rule: string;
  readonly because: string;
  readonly dangers: readonly string[];
}

/**
 * Every permission that the roles on a cluster give, as Markdown: first those from which others could be gained, each with its reason.
 * @param brought the objects of each folder of the cluster, by its name
 */
export function permissionsPage(cluster: string, brought: readonly (readonly [by: string, manifests: readonly Manifest[]])[]): string {
  const granted = brought.flatMap(([by, manifests]) =>
    manifests.filter(({ kind }) => kind === "Role" || kind === "ClusterRole").flatMap((role) => arrayOf(role["rules"]).map((it) => grantedOf(by, role, ruleOf(it)))),
  );
  return [
    `# Who may do what with the Kubernetes API of ${cluster}`,
    "",
    "Every rule of every role that is written for it.",
    "",
    "## Where more could be gained",
    "",
    "Permissions that [lead to others](https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks), each with the reason that stands beside it in the code.",
    "",
    ...table(["for", "role", "may", "that is", "because"], granted.filter(({ dangers }) => dangers.length > 0), (it) => [it.dangers.join(", and "), it.because]),
    "",
    "## Everything else",
    "",
    ...table(["for", "role", "may", "because"], granted.filter(({ dangers }) => dangers.length === 0), (it) => [it.because]),
    "",
    "## Where that is documented, or was read",
    "",
    ...sources(granted),
    "",
  ].join("\n");
}

/** A source for each role that has one. */
function sources(granted: readonly Granted[]): readonly string[] {
  const rows = granted.flatMap(({ by, role }) => (role.metadata.annotations?.[documentedAnnotation] ? [line([by, role.metadata.name, role.metadata.annotations[documentedAnnotation]])] : []));
  return [line(["for", "role", "source"]), line(["---", "---", "---"]), ...[...new Set(rows)].sort()];
}

const grantedOf = (by: string, role: Manifest, rule: Rule): Granted => ({
  by,
  role,
  rule: ruleWords(rule),
  because: reasonFor(role, rule) ?? "",
  dangers: dangersOf(rule, role.kind === "ClusterRole"),
});

/** Roles of several namespaces that say the same are one row. */
function table(head: readonly string[], granted: readonly Granted[], more: (it: Granted) => readonly string[]): readonly string[] {
  const rows = groupsOf(granted, (it) => JSON.stringify([it.by, it.role.kind, it.role.metadata.name, it.rule, ...more(it)]));
  const lines = [...rows.values()].map((same) => {
    const [it] = same;
    return it ? line([it.by, `${it.role.metadata.name}, ${whereWords(same.map(({ role }) => role))}`, it.rule, ...more(it)]) : "";
  });
  return [line(head), line(head.map(() => "---")), ...lines.sort()];
}

const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;

/** A Role holds in its namespace, a ClusterRole everywhere. */
const whereWords = (roles: readonly Manifest[]): string => (roles[0]?.kind === "ClusterRole" ? "everywhere" : `in ${[...new Set(roles.map(({ metadata }) => metadata.namespace ?? ""))].sort().join(", ")}`);

function ruleWords(rule: Rule): string {
  const groups = rule.groups.filter((group) => group !== "");
  const names = rule.names.length ? ` named ${rule.names.join(", ")}` : "";
  return `${rule.verbs.join(", ")} **${over(rule).join(", ")}**${names}${groups.length ? ` of ${groups.join(", ")}` : ""}`;
}
