import type { Assertion } from "../../control-plane/assertions/assertion";
import type { AccountUse } from "../rbac/account-use";
import { OPERATOR_PROGRAMS } from "../build/operator-program";
import type { Operator } from "./operator";

/** What is so for each of them. */
const EVERYWHERE = [
  "Each part runs with the arguments, environment, mounts, ServiceAccount and roles that are committed, in the place of one of its pods;",
  "a forwarder stands for kube-proxy, so the API server calls webhooks by their Services and with the CA that the operators write themselves.",
  "Where External Secrets is not among them, the test makes its Secrets.",
];

/** What ran, and what differed from a pod, as lines. */
export function operatorLines(operators: readonly Operator[]): readonly string[] {
  return [...EVERYWHERE, ...operators.flatMap(linesOf)];
}

function linesOf({ name, parts, programs = [], changes = [] }: Operator): readonly string[] {
  const names = new Set([...parts.map(({ program }) => program), ...programs]);
  const differences = OPERATOR_PROGRAMS.filter((program) => names.has(program.name)).flatMap(({ differs }) => differs ?? []);
  const adaptations = parts.flatMap(({ workload, flags = {}, unknown = [] }) => [
    ...Object.entries(flags).map(([flag, value]) => `${workload}: ${flag}=${value}`),
    ...unknown.map((flag) => `${workload}: ${flag} left out, unknown to the version that runs`),
  ]);
  return [name, ...[...differences, ...changes, ...adaptations].map((line) => `  ${line}`)];
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
  return uses.map(({ account, used, unused, denied }) => ({
    says: `${account.namespace}/${account.name} is denied nothing`,
    // Some only answer, and have no rights to use.
    problems: [...denied, ...(used.length === 0 && unused.length > 0 ? ["the audit log has no request of it that was allowed"] : [])],
  }));
}
