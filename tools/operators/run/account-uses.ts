import { auditEvents } from "../../control-plane/assertions/audit-log";
import { podTemplateOf } from "../../control-plane/pods/pod-template";
import { until } from "../../control-plane/processes/until";
import { accountUse, type AccountUse } from "../rbac/account-use";
import { askedBy } from "../rbac/asked";
import { grantedTo, type Account } from "../rbac/granted";
import type { LabCluster } from "./lab-cluster";
import type { Operator, Part } from "./operator";
import { workloadOf } from "./start-operator";

const RBAC = "rbac.authorization.k8s.io/v1";

/** How long nothing of a new kind may be asked for before the operators count as settled. */
const QUIET_SECONDS = 5;

/** What each ServiceAccount of some operators has done with its rights when it asks for nothing new any more. */
export async function settledUses(cluster: LabCluster, operators: readonly Operator[]): Promise<readonly AccountUse[]> {
  let last = "";
  let since = Date.now();
  const patience = { what: "the operators to settle", timeoutSeconds: 60, everyMilliseconds: 1000, signal: cluster.running.api.process.died };
  return until(patience, async () => {
    const uses = await accountUses(cluster, operators);
    const now = JSON.stringify(uses);
    if (now !== last) since = Date.now();
    last = now;
    return Date.now() - since > QUIET_SECONDS * 1000 ? uses : undefined;
  });
}

/** What they have done so far, by the API server's audit log. */
async function accountUses(cluster: LabCluster, operators: readonly Operator[]): Promise<readonly AccountUse[]> {
  const { client, auditLog } = cluster.running.api;
  const kinds = ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"];
  const roles = (await Promise.all(kinds.map((kind) => client.list(RBAC, kind)))).flat();
  const events = auditEvents(auditLog);
  const uses = operators.map(async ({ parts, accounts = [], excuses }) => {
    const all = [...(await Promise.all(parts.map((part) => accountOf(cluster, part)))), ...accounts];
    return all.map((account) => accountUse(account, grantedTo(account, roles), askedBy(account, events), excuses));
  });
  // Parts of an operator may share an account.
  return [...new Map((await Promise.all(uses)).flat().map((use) => [`${use.account.namespace}/${use.account.name}`, use])).values()];
}

async function accountOf(cluster: LabCluster, part: Part): Promise<Account> {
  const workload = await workloadOf(cluster, part);
  return { namespace: workload.metadata.namespace ?? "", name: podTemplateOf(workload).serviceAccount };
}
