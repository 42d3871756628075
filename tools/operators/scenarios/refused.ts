import { ApiError } from "../../control-plane/kubernetes/api-error";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { Assertion } from "../../control-plane/assertions/assertion";
import type { LabCluster } from "../run/lab-cluster";

/** A webhook is really called: something that the schema allows is refused in the webhook's own name. */
export async function refusedBy({ running }: LabCluster, webhook: string, object: KubernetesObject, what: string): Promise<Assertion> {
  const says = `${webhook} refuses ${what}`;
  try {
    await running.api.client.apply(object, { dryRun: true });
    return { says, problems: ["it was accepted"] };
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    return { says, problems: cause.message.includes(`admission webhook "${webhook}" denied the request`) ? [] : [cause.message] };
  }
}
