import { ApiError } from "../../control-plane/kubernetes/api-error";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { Assertion } from "../../control-plane/assertions/assertion";
import type { LabCluster } from "../run/lab-cluster";
import { awaitedOutcome } from "./condition";

/** A webhook is really called: something that the schema allows is refused in the webhook's own name, once it is up. */
export async function refusedBy({ running }: LabCluster, webhook: string, object: KubernetesObject, what: string): Promise<Assertion> {
  const { client, process } = running.api;
  const problems = await awaitedOutcome(process.died, `a refusal by ${webhook}`, async () => {
    try {
      await client.apply(object, { dryRun: true });
      return "it was accepted";
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      return cause.message.includes(`admission webhook "${webhook}" denied the request`) ? undefined : cause.message;
    }
  });
  return { says: `${webhook} refuses ${what}`, problems };
}
