import { readFileSync } from "node:fs";
import type { Running } from "../processes/processes";
import type { Assertion } from "./assertion";
import { denials, type AuditEvent } from "./audit-log";

/** How Argo CD's clients call themselves: the name of its binary. */
const USER_AGENT = /^argocd/;

/** On a cluster, every request of Argo CD comes under an account that our manifests give it, and none is refused. */
export function actsUnderItsAccounts(cluster: string, events: readonly AuditEvent[], namespace: string): Assertion {
  const prefix = `system:serviceaccount:${namespace}:`;
  const users = new Map<string, number>();
  for (const { user, userAgent = "" } of events) {
    if (USER_AGENT.test(userAgent) || user.username.startsWith(prefix)) users.set(user.username, (users.get(user.username) ?? 0) + 1);
  }
  const own = [...users].filter(([name]) => name.startsWith(prefix));
  const others = [...users].filter(([name]) => !name.startsWith(prefix)).map(([name, count]) => `${String(count)} requests as ${name === "" ? "nobody" : name}`);
  const none = own.length === 0 ? ["it has asked for nothing under its own account"] : [];
  const said = own.map(([name, count]) => `${name.slice(prefix.length)}: ${String(count)}`).join(", ");
  return { says: `${cluster}: Argo CD works under its own accounts of ${namespace} and is refused nothing (requests: ${said})`, problems: [...none, ...others, ...denials(events, { namespace })] };
}

/** What Argo CD's processes write of refusals, wherever they were met. */
export function logsNoRefusal(processes: readonly Running[]): Assertion {
  const problems = processes.flatMap(({ name, logFile }) => refusalsIn(readFileSync(logFile, "utf8")).map((line) => `${name}: ${line}`));
  return { says: `none of ${String(processes.length)} processes of Argo CD logs that something "is forbidden"`, problems: processes.length === 0 ? ["no process of Argo CD was looked at"] : problems };
}

/** How an API server says no; of an invalid field it says "Forbidden", too. */
const REFUSAL = /is forbidden|forbidden \(user|403 forbidden/i;

/** Lines that tell of a refusal, each message once, shortened. */
export function refusalsIn(log: string): readonly string[] {
  const lines = log.split("\n").filter((line) => REFUSAL.test(line));
  return [...new Set(lines.map((line) => (/"msg":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line).slice(0, 300)))];
}
