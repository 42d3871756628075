import type { Assertion } from "../../control-plane/assertions/assertion";
import { auditEvents } from "../../control-plane/assertions/audit-log";
import { ApiError } from "../../control-plane/kubernetes/api-error";
import { KubernetesClient } from "../../control-plane/kubernetes/client";
import { serviceAccountToken } from "../../control-plane/pods/service-account-files";
import { askedBy } from "../rbac/asked";
import type { Account } from "../rbac/granted";
import type { LabCluster } from "./lab-cluster";

/** The judge is awake: something that no account here may do is tried in an account's name, refused, and found in the audit log. */
export async function refusalIsSeen({ running }: LabCluster, account: Account): Promise<Assertion> {
  const says = `what ${account.namespace}/${account.name} may not do is refused and found in the audit log`;
  const token = await serviceAccountToken(running, account.namespace, account.name);
  const client = new KubernetesClient({ ...running.api.access("admin"), token });
  try {
    await client.delete({ apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system" } });
    return { says, problems: ["it was allowed to delete a namespace"] };
  } catch (cause) {
    if (!(cause instanceof ApiError && cause.status === 403)) throw cause;
  } finally {
    client.close();
  }
  const seen = askedBy(account, auditEvents(running.api.auditLog)).some(({ permission, denied }) => denied && permission.verb === "delete" && permission.resource === "namespaces");
  return { says, problems: seen ? [] : ["the audit log does not tell it"] };
}
