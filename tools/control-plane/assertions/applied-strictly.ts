import type { RunningCluster } from "../cluster/start-cluster";
import { AT_ONCE } from "../definitions/apply-all";
import { ApiError } from "../kubernetes/api-error";
import { describeObject } from "../kubernetes/object";
import type { Manifest } from "../manifests/manifest";
import { inFlight } from "../processes/in-flight";
import type { Assertion } from "./assertion";

/** A cluster that runs everything accepts every object as its file has it: unknown and duplicate fields are errors. */
export async function appliedStrictly({ api, under }: RunningCluster, manifests: readonly Manifest[]): Promise<Assertion> {
  const refused = await inFlight(AT_ONCE, manifests, async ({ file, object, text }) => {
    try {
      await api.client.apply(object, { dryRun: true, ...(text === undefined ? {} : { text }) });
      return [];
    } catch (cause) {
      if (cause instanceof ApiError) return [`${file} (${describeObject(object)}): ${cause.message}`];
      throw cause;
    }
  });
  return { says: `${under.name}: all ${String(manifests.length)} objects are accepted with strict field validation`, problems: refused.flat() };
}
