import type { Assertion } from "../../control-plane/assertions/assertion";
import type { AccountUse } from "../rbac/account-use";
import { OPERATOR_PROGRAMS } from "../build/operator-program";
import type { Operator } from "./operator";

/** What is so for each of them. */
const EVERYWHERE = [
  "Each part runs with the arguments, environment, ServiceAccount and roles that are committed. What it mounts lies below a temporary directory;",
  "a forwarder stands for kube-proxy, so the API server calls webhooks by their Services and with the CA that the operators write themselves.",
  "Secrets that External Secrets would make are made by the test, and its webhook is left out.",
];

/** What ran, and what differed from a pod, as lines. */
export function operatorLines(operators: readonly Operator[]): readonly string[] {
  return [...EVERYWHERE, ...operators.flatMap(linesOf)];
}

function linesOf({ name, parts, changes = [] }: Operator): readonly string[] {
  const { differs } = OPERATOR_PROGRAMS.find((program) => program.name === name)!;
  const adaptations = parts.flatMap(({ deployment, flags = {}, unknown = [] }) => [
    ...Object.entries(flags).map(([flag, value]) => `${deployment}: ${flag}=${value}`),
    ...unknown.map((flag) => `${deployment}: ${flag} left out, unknown to the version that runs`),
  ]);
  return [name, ...[...(differs === undefined ? [] : [differs]), ...changes, ...adaptations].map((line) => `  ${line}`)];
}

/** What each account did with its rights, as lines. */
export function accountLines(uses: readonly AccountUse[]): readonly string[] {
  const list = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [`  ${title} (${String(lines.length)}):`, ...lines.map((line) => `    ${line}`)]);
  return uses.flatMap(({ account, used, unused, denied, excused }) => [
    `ServiceAccount ${account.namespace}/${account.name}`,
    ...list("used", used),
    ...list("granted but not used", unused),
    ...list("denied to this version, not to ours", excused),
    ...list("denied", denied),
  ]);
}

/** Every account used some of its rights, and none was refused anything. */
export function accountAssertions(uses: readonly AccountUse[]): readonly Assertion[] {
  return uses.map(({ account, used, denied }) => ({
    says: `${account.namespace}/${account.name} is denied nothing`,
    problems: [...denied, ...(used.length === 0 ? ["the audit log has no request of it that was allowed"] : [])],
  }));
}
